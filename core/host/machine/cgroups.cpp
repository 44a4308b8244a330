#include "core/host/machine/cgroups.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/text/parsed_number.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// One mounted hierarchy: its mount point, and which of its folders is mounted there.
struct Hierarchy {
  std::string mount_point;
  std::string mounted_folder;
};

/// The hierarchy of a v1 controller, or the v2 hierarchy if `controller` is empty, from /proc/self/mountinfo (proc(5)):
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

/// The group of this process in that hierarchy, from /proc/self/cgroup: "4:cpu,cpuacct:/group", or "0::/group" for v2.
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

/// cgroup v1 expresses "no limit" as the largest number of pages; no machine has 2^60 B.
constexpr std::int64_t kNoMemoryLimit = std::int64_t{1} << 60;

/// The CPU time that one folder grants, in CPUs.
std::optional<double> cpus_in(const std::string& folder) {
  std::vector<std::string> quota_and_period = words_of(read_kernel_line(folder + "/cpu.max"), ' ');
  if (quota_and_period.empty()) {
    quota_and_period = {read_kernel_line(folder + "/cpu.cfs_quota_us"),
                        read_kernel_line(folder + "/cpu.cfs_period_us")};
  }
  if (quota_and_period.size() != 2) return std::nullopt;
  const std::optional<std::int64_t> quota = parsed_number<std::int64_t>(quota_and_period[0]);
  const std::optional<std::int64_t> period = parsed_number<std::int64_t>(quota_and_period[1]);
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<std::int64_t> memory_in(const std::string& folder) {
  for (const char* file : {"/memory.max", "/memory.limit_in_bytes"}) {
    const std::optional<std::int64_t> bytes = parsed_number<std::int64_t>(read_kernel_line(folder + file));
    if (bytes && *bytes < kNoMemoryLimit) return bytes;
  }
  return std::nullopt;
}

/// The smallest limit in any folder.
template <class Number>
std::optional<Number> tightest(const std::vector<std::string>& folders,
                               std::optional<Number> (*limit_in)(const std::string&)) {
  std::optional<Number> smallest;
  for (const std::string& folder : folders) {
    const std::optional<Number> limit = limit_in(folder);
    if (limit && (!smallest || *limit < *smallest)) smallest = limit;
  }
  return smallest;
}

/// The answer of the kernel for the innermost group already includes its ancestors.
std::string cpu_set_in(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    for (const char* file : {"/cpuset.cpus.effective", "/cpuset.effective_cpus", "/cpuset.cpus"}) {
      std::string cpus = read_kernel_line(folder + file);
      if (!cpus.empty()) return cpus;
    }
  }
  return "";
}

std::vector<std::string> mount_points(const std::string& root) {
  std::vector<std::string> folders;
  for (const std::string& line : read_kernel_lines(root + "/proc/self/mountinfo")) {
    const std::vector<std::string> words = words_of(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (words.size() < 6 || words.end() - dash < 2) continue;
    if (dash[1] == "cgroup" || dash[1] == "cgroup2") folders.push_back(root + words[4]);
  }
  return folders;
}

bool is_of_this_user(const fs::path& folder) {
  struct stat status {};
  return ::lstat(folder.c_str(), &status) == 0 && status.st_uid == ::geteuid();
}

/// Adds the groups below a folder. \returns whether one of them has a process, if the unused ones are asked for.
bool add_groups(const fs::path& folder, CgroupsListed listed, std::set<std::string>& groups) {
  bool has_process = false;
  std::error_code unreadable;
  for (fs::directory_iterator entry(folder, unreadable), end; !unreadable && entry != end;
       entry.increment(unreadable)) {
    std::error_code gone;
    if (entry->is_symlink(gone) || !entry->is_directory(gone)) continue;
    bool is_used = add_groups(entry->path(), listed, groups);
    if (listed == CgroupsListed::unused) {
      is_used = is_used || !read_kernel_lines(entry->path().string() + "/cgroup.procs").empty();
    }
    has_process = has_process || is_used;
    if (!is_used && is_of_this_user(entry->path())) groups.insert(entry->path().string());
  }
  return has_process;
}

}  // namespace

std::vector<std::string> cgroup_folders(const std::string& root, const std::string& controller) {
  const std::optional<Hierarchy> hierarchy = find_hierarchy(root, controller);
  const std::optional<std::string> group = find_group(root, controller);
  if (!hierarchy || !group) return {};
  const fs::path below = fs::path(*group).lexically_relative(hierarchy->mounted_folder);
  // A container sees its own group as the root of the mount and may not see its real position.
  const bool inside = !below.empty() && *below.begin() != "..";
  std::vector<std::string> folders;
  for (fs::path path = inside ? below.lexically_normal() : fs::path("."); path != "." && !path.empty();
       path = path.parent_path()) {
    folders.push_back((hierarchy->mount_point / path).string());
  }
  folders.push_back(hierarchy->mount_point);
  return folders;
}

std::map<std::string, std::string> read_cgroup_limits(const std::string& root) {
  std::map<std::string, std::string> limits;
  const std::vector<std::string> unified = cgroup_folders(root, "");
  const auto folders_of = [&](const std::string& controller) {
    std::vector<std::string> folders = cgroup_folders(root, controller);
    return folders.empty() ? unified : folders;
  };
  if (const auto cpus = tightest(folders_of("cpu"), cpus_in)) limits["cpus"] = fmt::format("{:g}", *cpus);
  if (const auto bytes = tightest(folders_of("memory"), memory_in)) limits["memory_bytes"] = std::to_string(*bytes);
  const std::string cpu_set = cpu_set_in(folders_of("cpuset"));
  if (!cpu_set.empty()) limits["cpu_set"] = cpu_set;
  return limits;
}

std::set<std::string> cgroups_of_user(const std::string& root, CgroupsListed listed) {
  std::set<std::string> groups;
  for (const std::string& folder : mount_points(root)) add_groups(folder, listed, groups);
  return groups;
}

}  // namespace assay::host
