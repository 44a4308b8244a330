#include "core/host/process/leftovers.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <sstream>
#include <string_view>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/launcher/process_status.hpp"
#include "core/host/machine/ancestry.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

/// A field of a line, counted from 0; empty if there are not so many.
std::string field(const std::string& line, std::size_t index) {
  std::istringstream words(line);
  std::string word;
  for (std::size_t at = 0; at <= index; ++at) {
    if (!(words >> word)) return "";
  }
  return word;
}

/// An address of /proc/net/tcp: groups of four bytes, each in the byte order of the machine, in hexadecimal.
std::string address_of(const std::string& hexadecimal) {
  std::array<std::uint32_t, 4> words{};
  const std::size_t count = hexadecimal.size() / 8;
  for (std::size_t index = 0; index < count && index < words.size(); ++index) {
    const char* const begin = hexadecimal.data() + 8 * index;
    std::from_chars(begin, begin + 8, words[index], 16);
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  const int family = count == 1 ? AF_INET : AF_INET6;
  return ::inet_ntop(family, words.data(), text.data(), text.size()) == nullptr ? hexadecimal : text.data();
}

void add_listening(const std::string& path, std::set<std::string>& ports) {
  constexpr std::string_view kListening = "0A";
  for (const std::string& line : read_kernel_lines(path)) {
    if (field(line, 3) != kListening) continue;
    const std::string local = field(line, 1);
    const std::size_t colon = local.find(':');
    unsigned port = 0;
    std::from_chars(local.data() + colon + 1, local.data() + local.size(), port, 16);
    ports.insert(fmt::format("tcp {}:{}", address_of(local.substr(0, colon)), port));
  }
}

bool is_path_or_below(const std::string& candidate, const std::string& path) {
  return candidate.starts_with(path) && (candidate.size() == path.size() || candidate[path.size()] == '/');
}

/// A character of which a component of a path may consist without a quote.
bool is_of_a_name(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return std::isalnum(byte) != 0 || byte >= 0x80 ||
         std::string_view("._-+~@%").find(character) != std::string_view::npos;
}

/// Whether a path that begins at this place of a word begins there as a path of its own, and not in the middle of
/// another: after "=", ":" or a quote, after slashes more than needed ("//tmp/x", "file:///tmp/x"), or right after an
/// option of one letter ("-o/tmp/x").
bool begins_a_path(std::string_view word, std::size_t at) {
  while (at > 0 && word[at - 1] == '/') --at;
  if (at == 0 || !is_of_a_name(word[at - 1])) return true;
  return at == 2 && word[0] == '-';
}

/// Whether a word of a command line or environment names the path or something below it, component by component.
bool names_path(std::string_view word, std::string_view path) {
  for (std::size_t at = word.find(path); at != std::string_view::npos; at = word.find(path, at + 1)) {
    const std::size_t end = at + path.size();
    if ((end == word.size() || !is_of_a_name(word[end])) && begins_a_path(word, at)) return true;
  }
  return false;
}

/// The text of the file; empty if it may not be read.
std::string text_of(const std::string& kernel_file) {
  try {
    return read_file(kernel_file);
  } catch (const Error&) {
    return "";
  }
}

/// The traces that show which paths a process uses.
struct Traces {
  std::vector<std::string> open_paths;  ///< its folder and open files
  std::string words;                    ///< arguments and environment, each ended by a zero byte

  [[nodiscard]] bool hold(const std::string& path) const {
    return std::any_of(open_paths.begin(), open_paths.end(),
                       [&](const std::string& open) { return is_path_or_below(open, path); });
  }
  [[nodiscard]] bool name(const std::string& path) const {
    for (std::size_t at = words.find(path); at != std::string::npos; at = words.find(path, at)) {
      const std::size_t before = words.rfind('\0', at);
      const std::size_t begin = before == std::string::npos ? 0 : before + 1;
      const std::size_t end = std::min(words.find('\0', at), words.size());
      if (names_path(std::string_view(words).substr(begin, end - begin), path)) return true;
      at = end;
    }
    return false;
  }
};

Traces traces_of(pid_t process) {
  const std::string folder = fmt::format("/proc/{}", process);
  std::error_code unreadable;
  Traces traces;
  traces.words = text_of(folder + "/cmdline") + text_of(folder + "/environ");
  traces.open_paths.push_back(std::filesystem::read_symlink(folder + "/cwd", unreadable).string());
  std::filesystem::directory_iterator descriptor(folder + "/fd", unreadable);
  // A process may end while its files are listed.
  for (; !unreadable && descriptor != std::filesystem::directory_iterator(); descriptor.increment(unreadable)) {
    std::error_code closed;
    traces.open_paths.push_back(std::filesystem::read_symlink(descriptor->path(), closed).string());
  }
  return traces;
}

/// Whether it is this process, its launcher, or one of its ancestors: their arguments may contain any path.
bool is_own_family(pid_t process) {
  launcher::ProcessStatus status{};
  if (process == ::getpid() || is_ancestor(process)) return true;
  return launcher::read_process_status(process, status) && status.parent == ::getpid();
}

}  // namespace

std::set<std::string> mounts() {
  std::set<std::string> all;
  for (const std::string& line : read_kernel_lines("/proc/self/mountinfo")) {
    const std::size_t separator = line.find(" - ");
    const std::string type = separator == std::string::npos ? "" : field(line.substr(separator + 3), 0);
    all.insert(fmt::format("{} ({})", field(line, 4), type));
  }
  return all;
}

std::set<std::string> listening_ports() {
  std::set<std::string> ports;
  add_listening("/proc/net/tcp", ports);
  add_listening("/proc/net/tcp6", ports);
  return ports;
}

std::set<std::string> used_by_processes(const std::set<std::string>& paths, const ProcessActivity* activity) {
  std::set<std::string> used;
  if (paths.empty()) return used;
  for (const pid_t process : all_processes()) {
    if (is_own_family(process)) continue;
    const Traces traces = traces_of(process);
    for (const std::string& path : paths) {
      const bool is_named = traces.name(path) && (activity == nullptr || activity->has_run(process));
      if (is_named || traces.hold(path)) used.insert(path);
    }
  }
  return used;
}

}  // namespace assay::host
