#include "experiments/trial/metrics/built_in_value.hpp"

#include "core/assert.hpp"
#include "core/metric.hpp"

namespace assay::trial {
namespace {

double seconds(nanoseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

double count(std::int64_t value) {
  return static_cast<double>(value);
}

}  // namespace

std::optional<double> built_in_value(std::string_view name, const Usage& usage) {
  const double cpu = seconds(usage.user) + seconds(usage.system);
  if (name == "wall") return seconds(usage.wall);
  if (name == "user") return seconds(usage.user);
  if (name == "system") return seconds(usage.system);
  if (name == "cpu") return cpu;
  if (name == "cpu_utilisation" && usage.wall > nanoseconds{0}) return cpu / seconds(usage.wall);
  if (name == "max_rss") return count(usage.max_rss.count);
  if (name == "memory_peak" && usage.memory_peak) return count(usage.memory_peak->count);
  if (name == "minor_faults") return count(usage.minor_faults);
  if (name == "major_faults") return count(usage.major_faults);
  if (name == "blocks_read") return count(usage.blocks_read);
  if (name == "blocks_written") return count(usage.blocks_written);
  if (name == "voluntary_switches") return count(usage.voluntary_switches);
  if (name == "involuntary_switches") return count(usage.involuntary_switches);
  ASSAY_ASSERT(name == "cpu_utilisation" || name == "memory_peak");
  return std::nullopt;
}

}  // namespace assay::trial
