#include "core/host/process/process_table.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <system_error>

#include <fmt/format.h>

#include "core/host/files/files.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/launcher/process_status.hpp"
#include "core/text/parsed_number.hpp"

namespace assay::host {
namespace {

/// Living processes by their parent.
std::multimap<pid_t, pid_t> read_children() {
  std::multimap<pid_t, pid_t> children;
  for (const pid_t process : all_processes()) {
    launcher::ProcessStatus status{};
    if (launcher::read_process_status(process, status)) children.emplace(status.parent, process);
  }
  return children;
}

bool is_alive(pid_t process) {
  launcher::ProcessStatus status{};
  return launcher::read_process_status(process, status) && status.state != 'Z' && status.state != 'X';
}

}  // namespace

std::vector<pid_t> all_processes() {
  std::vector<pid_t> processes;
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", unreadable)) {
    const std::string name = entry.path().filename().string();
    if (const auto process = parsed_number<pid_t>(name)) processes.push_back(*process);
  }
  return processes;
}

std::vector<pid_t> with_descendants(const std::vector<pid_t>& roots) {
  const std::multimap<pid_t, pid_t> children = read_children();
  std::vector<pid_t> family = roots;
  for (std::size_t next = 0; next < family.size(); ++next) {
    const auto [begin, end] = children.equal_range(family[next]);
    for (auto child = begin; child != end; ++child) family.push_back(child->second);
  }
  std::sort(family.begin(), family.end());
  family.erase(std::unique(family.begin(), family.end()), family.end());
  family.erase(std::remove_if(family.begin(), family.end(), [](pid_t process) { return !is_alive(process); }),
               family.end());
  return family;
}

std::vector<pid_t> with_descendants(const launcher::ProcessList& roots) {
  return with_descendants(std::vector<pid_t>(roots.pids.begin(), roots.pids.begin() + roots.count));
}

std::string command_line_of(pid_t process) {
  std::string words;
  for (const std::string& line : read_kernel_lines(fmt::format("/proc/{}/cmdline", process))) words += line + " ";
  std::replace(words.begin(), words.end(), '\0', ' ');
  words.erase(words.find_last_not_of(' ') + 1);
  return words.empty() ? fmt::format("[{}]", read_kernel_line(fmt::format("/proc/{}/comm", process))) : words;
}

std::vector<std::string> mappers_of(const std::string& path) {
  const std::string sought = " " + absolute_path(path);
  std::vector<std::string> mappers;
  for (const pid_t process : all_processes()) {
    const std::vector<std::string> maps = read_kernel_lines(fmt::format("/proc/{}/maps", process));
    const bool maps_it =
        std::any_of(maps.begin(), maps.end(), [&](const std::string& map) { return map.ends_with(sought); });
    if (maps_it) mappers.push_back(fmt::format("pid {} {}", process, command_line_of(process)));
  }
  return mappers;
}

}  // namespace assay::host
