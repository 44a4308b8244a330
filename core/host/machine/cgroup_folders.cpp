#include "core/host/machine/cgroup_folders.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "core/host/machine/kernel_files.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// One mounted hierarchy: where it is mounted, and which of its folders is seen there.
struct Hierarchy {
  std::string mount_point;
  std::string mounted_folder;
};

/// The hierarchy of a v1 controller, or the v2 one where `controller` is empty, from /proc/self/mountinfo (proc(5)):
/// "31 23 0:28 FOLDER MOUNT_POINT OPTIONS [TAGS] - TYPE SOURCE SUPER_OPTIONS".
std::optional<Hierarchy> find_hierarchy(const std::string& root, const std::string& controller) {
  for (const std::string& line : read_kernel_lines(root + "/proc/self/mountinfo")) {
    const std::vector<std::string> words = words_of(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (words.size() < 6 || words.end() - dash < 4) continue;
    const std::vector<std::string> options = words_of(dash[3], ',');
    const bool wanted = controller.empty() ? dash[1] == "cgroup2"
                                           : dash[1] == "cgroup" &&
                                                 std::find(options.begin(), options.end(), controller) != options.end();
    if (wanted) return Hierarchy{.mount_point = root + words[4], .mounted_folder = words[3]};
  }
  return std::nullopt;
}

/// This process's group in that hierarchy, from /proc/self/cgroup: "4:cpu,cpuacct:/group", "0::/group" for v2.
std::optional<std::string> find_group(const std::string& root, const std::string& controller) {
  for (const std::string& line : read_kernel_lines(root + "/proc/self/cgroup")) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::vector<std::string> controllers =
        words_of(std::string_view(line).substr(first + 1, second - first - 1), ',');
    const bool wanted = controller.empty()
                            ? controllers.empty()
                            : std::find(controllers.begin(), controllers.end(), controller) != controllers.end();
    if (wanted) return line.substr(second + 1);
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> words_of(std::string_view line, char separator) {
  std::vector<std::string> words;
  while (!line.empty()) {
    const std::size_t length = std::min(line.find(separator), line.size());
    words.emplace_back(line.substr(0, length));
    line.remove_prefix(std::min(length + 1, line.size()));
  }
  return words;
}

std::vector<std::string> cgroup_folders(const std::string& root, const std::string& controller) {
  const std::optional<Hierarchy> hierarchy = find_hierarchy(root, controller);
  const std::optional<std::string> group = find_group(root, controller);
  if (!hierarchy || !group) return {};
  const fs::path below = fs::path(*group).lexically_relative(hierarchy->mounted_folder);
  // A container sees its own group as the mount's root, and may not see where that lies.
  const bool inside = !below.empty() && *below.begin() != "..";
  std::vector<std::string> folders;
  for (fs::path path = inside ? below.lexically_normal() : fs::path("."); path != "." && !path.empty();
       path = path.parent_path()) {
    folders.push_back((hierarchy->mount_point / path).string());
  }
  folders.push_back(hierarchy->mount_point);
  return folders;
}

}  // namespace assay::host
