#include "core/host/machine/conditions.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/cgroups.hpp"
#include "core/host/machine/cpus.hpp"
#include "core/host/machine/lock.hpp"
#include "core/host/machine/lock_holders.hpp"
#include "core/host/machine/virtualisation.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// Above these, trials are noisier than they need to be: chosen by what doubles the spread of a short loop.
constexpr double kLoadPerCpu = 0.3;
constexpr double kStealPercent = 1;
constexpr double kStalledPercent = 5;

std::optional<double> decimal_in(std::string_view text) {
  double number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failure == std::errc{} ? std::optional(number) : std::nullopt;
}

/// The figure behind a name in a file of "name figure" lines.
std::optional<double> figure(const std::string& path, std::string_view name) {
  for (const std::string& line : read_kernel_lines(path)) {
    const std::vector<std::string> words = words_of(line, ' ');
    if (words.size() > 1 && words[0] == name) return decimal_in(words[1]);
  }
  return std::nullopt;
}

MachineCondition unknown(ConditionKind kind) {
  return {kind, Disturbance::unknown, "the kernel does not say"};
}

/// A switch of the kernel, "0" or "1", that is bad if it is on.
MachineCondition switched(ConditionKind kind, const std::string& value, Disturbance if_on) {
  if (value.empty()) return unknown(kind);
  const bool on = value != "0" && value != "off" && value != "N";
  return {kind, on ? if_on : Disturbance::none, on ? "on" : "off"};
}

MachineCondition governor(const std::string& root) {
  std::set<std::string> names;
  for (const int cpu : usable_cpus()) {
    const std::string name =
        read_kernel_line(fmt::format("{}/sys/devices/system/cpu/cpu{}/cpufreq/scaling_governor", root, cpu));
    if (!name.empty()) names.insert(name);
  }
  if (names.empty()) return unknown(ConditionKind::governor);
  const bool steady = names == std::set<std::string>{"performance"};
  return {ConditionKind::governor, steady ? Disturbance::none : Disturbance::disturbing,
          fmt::format("{}", fmt::join(names, ", "))};
}

MachineCondition turbo(const std::string& root) {
  const std::string off = read_kernel_line(root + "/sys/devices/system/cpu/intel_pstate/no_turbo");
  if (!off.empty()) return switched(ConditionKind::turbo, off == "0" ? "1" : "0", Disturbance::disturbing);
  return switched(ConditionKind::turbo, read_kernel_line(root + "/sys/devices/system/cpu/cpufreq/boost"),
                  Disturbance::disturbing);
}

MachineCondition load(const std::string& root) {
  const std::optional<double> minute = decimal_in(read_kernel_line(root + "/proc/loadavg"));
  if (!minute) return unknown(ConditionKind::load);
  const auto cpus = static_cast<double>(std::max<std::size_t>(usable_cpus().size(), 1));
  return {ConditionKind::load, *minute > kLoadPerCpu * cpus ? Disturbance::disturbing : Disturbance::none,
          fmt::format("{:.2f} on {:.0f} CPUs in the last minute", *minute, cpus)};
}

/// The share of the last ten seconds in which some process waited for a resource.
MachineCondition stalls(ConditionKind kind, const std::string& file, std::string_view resource) {
  constexpr std::string_view kTenSeconds = "avg10=";
  const std::string line = read_kernel_line(file);
  const std::size_t at = line.find(kTenSeconds);
  if (at == std::string::npos) return unknown(kind);
  const double percent = decimal_in(std::string_view(line).substr(at + kTenSeconds.size())).value_or(0);
  return {kind, percent > kStalledPercent ? Disturbance::disturbing : Disturbance::none,
          fmt::format("some process waited for {} in {:.1f} % of the last 10 s", resource, percent)};
}

MachineCondition heat(const std::string& root) {
  double times = 0;
  bool known = false;
  for (const int cpu : usable_cpus()) {
    const auto count = decimal_in(read_kernel_line(
        fmt::format("{}/sys/devices/system/cpu/cpu{}/thermal_throttle/core_throttle_count", root, cpu)));
    known = known || count;
    times += count.value_or(0);
  }
  if (!known) return unknown(ConditionKind::heat);
  return {ConditionKind::heat, times > 0 ? Disturbance::noted : Disturbance::none,
          fmt::format("CPUs were slowed {} times since the machine started", times)};
}

MachineCondition huge_pages(const std::string& root) {
  const std::string line = read_kernel_line(root + "/sys/kernel/mm/transparent_hugepage/enabled");
  const std::size_t begin = line.find('[');
  const std::size_t end = line.find(']');
  if (begin == std::string::npos || end == std::string::npos) return unknown(ConditionKind::huge_pages);
  const std::string chosen = line.substr(begin + 1, end - begin - 1);
  return {ConditionKind::huge_pages, chosen == "always" ? Disturbance::noted : Disturbance::none, chosen};
}

MachineCondition limit(ConditionKind kind, const std::map<std::string, std::string>& limits, const char* name,
                       std::string_view unit) {
  const auto found = limits.find(name);
  if (found == limits.end()) return {kind, Disturbance::none, "none"};
  return {kind, Disturbance::noted, fmt::format("{}{}", found->second, unit)};
}

MachineCondition clock_source(const std::string& root) {
  const std::string name = read_kernel_line(root + "/sys/devices/system/clocksource/clocksource0/current_clocksource");
  if (name.empty()) return unknown(ConditionKind::clock_source);
  const bool slow = name == "hpet" || name == "acpi_pm" || name == "jiffies" || name == "refined-jiffies";
  return {ConditionKind::clock_source, slow ? Disturbance::disturbing : Disturbance::none, name};
}

MachineCondition virtualisation(const std::string& root) {
  std::error_code ignored;
  const bool contained = fs::exists(root + "/.dockerenv", ignored) || fs::exists(root + "/run/.containerenv", ignored);
  std::string state = detect_virtualisation();
  const bool virtual_machine = !state.empty() && state != "none";
  if (contained) state = virtual_machine ? state + ", container" : "container";
  if (state.empty()) return unknown(ConditionKind::virtualisation);
  return {ConditionKind::virtualisation, virtual_machine || contained ? Disturbance::noted : Disturbance::none, state};
}

MachineCondition monitoring(const std::string& root) {
  const std::string count = read_kernel_line(root + "/sys/kernel/mm/damon/admin/kdamonds/nr_kdamonds");
  if (count.empty()) return {ConditionKind::monitoring, Disturbance::none, "off"};
  return switched(ConditionKind::monitoring, count, Disturbance::disturbing);
}

MachineCondition aslr(const std::string& root) {
  return switched(ConditionKind::aslr, read_kernel_line(root + "/proc/sys/kernel/randomize_va_space"),
                  Disturbance::noted);
}

/// What only a change between two looks tells.
struct Counters {
  std::vector<double> cpu_ticks;  ///< of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal
  double swapped_pages = 0;
  std::optional<double> throttled;
};

std::optional<double> throttled_periods(const std::string& root) {
  std::vector<std::string> folders = cgroup_folders(root, "");
  const std::vector<std::string> old = cgroup_folders(root, "cpu");
  folders.insert(folders.end(), old.begin(), old.end());
  std::optional<double> sum;
  for (const std::string& folder : folders) {
    if (const auto periods = figure(folder + "/cpu.stat", "nr_throttled")) sum = sum.value_or(0) + *periods;
  }
  return sum;
}

Counters read_counters(const std::string& root) {
  Counters counters;
  for (const std::string& word : words_of(read_kernel_line(root + "/proc/stat"), ' ')) {
    if (const auto ticks = decimal_in(word)) counters.cpu_ticks.push_back(*ticks);
  }
  for (const char* name : {"pswpin", "pswpout"}) {
    counters.swapped_pages += figure(root + "/proc/vmstat", name).value_or(0);
  }
  counters.throttled = throttled_periods(root);
  return counters;
}

MachineCondition steal(const Counters& before, const Counters& after) {
  constexpr std::size_t kSteal = 7;
  if (before.cpu_ticks.size() <= kSteal || after.cpu_ticks.size() <= kSteal) return unknown(ConditionKind::steal);
  double all = 0;
  for (std::size_t state = 0; state <= kSteal; ++state) all += after.cpu_ticks[state] - before.cpu_ticks[state];
  const double percent = all > 0 ? 100 * (after.cpu_ticks[kSteal] - before.cpu_ticks[kSteal]) / all : 0;
  return {ConditionKind::steal, percent > kStealPercent ? Disturbance::disturbing : Disturbance::none,
          fmt::format("{:.1f} % of CPU time", percent)};
}

MachineCondition swap(const Counters& before, const Counters& after) {
  const double pages = after.swapped_pages - before.swapped_pages;
  return {ConditionKind::swap, pages > 0 ? Disturbance::disturbing : Disturbance::none,
          fmt::format("{} pages moved while we looked", pages)};
}

MachineCondition throttling(const Counters& before, const Counters& after) {
  if (!before.throttled || !after.throttled) return unknown(ConditionKind::throttling);
  const double now = *after.throttled - *before.throttled;
  if (now > 0)
    return {ConditionKind::throttling, Disturbance::disturbing, fmt::format("{} periods while we looked", now)};
  return {ConditionKind::throttling, *after.throttled > 0 ? Disturbance::noted : Disturbance::none,
          fmt::format("{} periods so far", *after.throttled)};
}

}  // namespace

std::vector<MachineCondition> read_conditions(const std::function<void()>& between_looks, const std::string& root) {
  const Counters before = read_counters(root);
  between_looks();
  const Counters after = read_counters(root);
  const std::map<std::string, std::string> limits = read_cgroup_limits(root);
  return {
      governor(root),
      turbo(root),
      switched(ConditionKind::smt, read_kernel_line(root + "/sys/devices/system/cpu/smt/active"), Disturbance::noted),
      load(root),
      steal(before, after),
      stalls(ConditionKind::stalls, root + "/proc/pressure/cpu", "a CPU"),
      stalls(ConditionKind::memory_stalls, root + "/proc/pressure/memory", "memory"),
      stalls(ConditionKind::io_stalls, root + "/proc/pressure/io", "a disk"),
      throttling(before, after),
      heat(root),
      swap(before, after),
      huge_pages(root),
      limit(ConditionKind::cpu_limit, limits, "cpus", ""),
      limit(ConditionKind::memory_limit, limits, "memory_bytes", " bytes"),
      clock_source(root),
      virtualisation(root),
      monitoring(root),
      aslr(root)};
}

MachineCondition read_other_measurements(const std::string& root) {
  if (const std::optional<LockHolder> holder = find_other_measurement()) {
    return {ConditionKind::measurements, Disturbance::disturbing,
            fmt::format("{} held this host when the examination began", holder->description)};
  }
  const LockHolders elsewhere = find_lock_holders(root);
  if (!elsewhere.found.empty()) {
    return {ConditionKind::measurements, Disturbance::disturbing,
            fmt::format("{} measured here, too, when the examination began", elsewhere.found.front().description)};
  }
  if (!elsewhere.not_told.empty()) return {ConditionKind::measurements, Disturbance::unknown, elsewhere.not_told};
  return {ConditionKind::measurements, Disturbance::none, "none"};
}

}  // namespace assay::host
