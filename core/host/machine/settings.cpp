#include "core/host/machine/settings.hpp"

#include <array>
#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/kernel_files.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// Their text is the setting.
constexpr std::array kTexts = {"/etc/ld.so.preload",
                               "/sys/kernel/mm/transparent_hugepage/enabled",
                               "/sys/kernel/mm/transparent_hugepage/defrag",
                               "/sys/devices/system/cpu/intel_pstate/no_turbo",
                               "/sys/devices/system/cpu/cpufreq/boost",
                               "/sys/devices/system/cpu/smt/control",
                               "/proc/sys/kernel/numa_balancing",
                               "/proc/sys/kernel/sched_autogroup_enabled",
                               "/proc/sys/vm/overcommit_memory",
                               "/proc/sys/vm/swappiness",
                               "/proc/sys/vm/zone_reclaim_mode"};

/// Large, or not text.
constexpr std::array kTables = {"/usr/lib/locale/locale-archive", "/etc/malloc.conf"};

/// The caches of character conversions of the C libraries that are installed.
std::vector<std::string> conversion_caches() {
  std::vector<std::string> caches = {"/usr/lib/gconv/gconv-modules.cache", "/usr/lib64/gconv/gconv-modules.cache"};
  std::error_code unreadable;
  for (const fs::directory_entry& entry : fs::directory_iterator("/usr/lib", unreadable)) {
    if (entry.path().filename().string().find("-linux-gnu") == std::string::npos) continue;
    caches.push_back(entry.path().string() + "/gconv/gconv-modules.cache");
  }
  return caches;
}

void add_table(const std::string& path, std::map<std::string, std::string>& settings) {
  try {
    const FileStatus status = file_status(path);
    settings[path] = fmt::format("{} B of {}", status.size, status.modified_ns);
  } catch (const Error&) {
    // This machine does not have it.
  }
}

}  // namespace

std::map<std::string, std::string> machine_settings() {
  std::map<std::string, std::string> settings;
  for (const char* path : kTexts) {
    const std::vector<std::string> lines = read_kernel_lines(path);
    if (!lines.empty()) settings[path] = fmt::format("{}", fmt::join(lines, " "));
  }
  for (const char* path : kTables) add_table(path, settings);
  for (const std::string& path : conversion_caches()) add_table(path, settings);
  return settings;
}

std::vector<std::string> files_of_the_linker() {
  std::vector<std::string> files = conversion_caches();
  for (const char* path : {"/etc/ld.so.preload", "/etc/malloc.conf", "/usr/lib/locale/locale-archive"}) {
    files.emplace_back(path);
  }
  return files;
}

}  // namespace assay::host
