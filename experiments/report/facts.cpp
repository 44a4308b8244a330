#include "experiments/report/facts.hpp"

#include <chrono>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "core/units.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {

std::string utc_text(std::int64_t unix_ns) {
  using namespace std::chrono;
  const auto moment = floor<minutes>(sys_time<std::chrono::nanoseconds>(std::chrono::nanoseconds(unix_ns)));
  const auto day = floor<days>(moment);
  const year_month_day date(day);
  const hh_mm_ss time(moment - day);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                     time.minutes().count());
}

std::string interruptions_text(const Record& record) {
  if (record.interruptions_ns.empty()) return "";
  const std::string times = count_text(static_cast<int>(record.interruptions_ns.size()), "time");
  // Rules 1 know no lost blocks: whatever was running was run again.
  if (record.plan.rules == kOldestRules) return times + ": the block under way was lost and run again";
  return fmt::format("{} (taken up again, stood still, or broken off)", times);
}

std::string machine_text(const Machine& machine) {
  std::string text = machine.hostname;
  if (!machine.cpu_model.empty()) text += ", " + machine.cpu_model;
  if (machine.cpu_count > 0) text += ", " + count_text(machine.cpu_count, "CPU");
  if (machine.memory_bytes > 0) text += ", " + format_bytes(static_cast<double>(machine.memory_bytes));
  if (!machine.kernel.empty()) text += ", " + machine.kernel;
  if (!machine.virtualisation.empty() && machine.virtualisation != "none") text += ", " + machine.virtualisation;
  return printable(text);
}

}  // namespace assay::report
