#include "core/host/machine/cgroup_limits.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/host/machine/cgroup_folders.hpp"
#include "core/host/machine/kernel_files.hpp"

namespace assay::host {
namespace {

/// cgroup v1 says "no limit" with the largest number of pages; no machine has 2^60 B.
constexpr std::int64_t kNoMemoryLimit = std::int64_t{1} << 60;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// CPU time that one folder grants, in CPUs.
std::optional<double> cpus_in(const std::string& folder) {
  std::vector<std::string> quota_and_period = words_of(read_kernel_line(folder + "/cpu.max"), ' ');
  if (quota_and_period.empty()) {
    quota_and_period = {read_kernel_line(folder + "/cpu.cfs_quota_us"),
                        read_kernel_line(folder + "/cpu.cfs_period_us")};
  }
  if (quota_and_period.size() != 2) return std::nullopt;
  const std::optional<std::int64_t> quota = number_in(quota_and_period[0]);
  const std::optional<std::int64_t> period = number_in(quota_and_period[1]);
  if (!quota || !period || *quota <= 0 || *period <= 0) return std::nullopt;
  return static_cast<double>(*quota) / static_cast<double>(*period);
}

std::optional<std::int64_t> memory_in(const std::string& folder) {
  for (const char* file : {"/memory.max", "/memory.limit_in_bytes"}) {
    const std::optional<std::int64_t> bytes = number_in(read_kernel_line(folder + file));
    if (bytes && *bytes < kNoMemoryLimit) return bytes;
  }
  return std::nullopt;
}

/// The smallest that any folder gives.
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

/// The kernel's own answer for the innermost group already counts those above it.
std::string cpu_set_in(const std::vector<std::string>& folders) {
  for (const std::string& folder : folders) {
    for (const char* file : {"/cpuset.cpus.effective", "/cpuset.effective_cpus", "/cpuset.cpus"}) {
      std::string cpus = read_kernel_line(folder + file);
      if (!cpus.empty()) return cpus;
    }
  }
  return "";
}

}  // namespace

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

}  // namespace assay::host
