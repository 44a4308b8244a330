#include "experiments/trial/metrics/kernel_times.hpp"

#include <cstdint>
#include <limits>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"

namespace assay::trial {
namespace {

std::optional<nanoseconds> nanoseconds_if_there(const nlohmann::json& span, const char* key) {
  return span.contains(key) ? std::optional(nanoseconds_at(span, key)) : std::nullopt;
}

}  // namespace

nanoseconds nanoseconds_at(const nlohmann::json& span, const char* key) {
  const auto found = span.find(key);
  if (found == span.end()) throw Error(fmt::format("it has no \"{}\"", key));
  const bool fits = found->is_number_integer() &&
                    (!found->is_number_unsigned() ||
                     found->get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()});
  if (!fits) throw Error(fmt::format("\"{}\" is not a whole number of nanoseconds", key));
  const auto time = found->get<std::int64_t>();
  if (time < 0) throw Error(fmt::format("\"{}\" is below 0", key));
  return nanoseconds(time);
}

std::optional<KernelTimes> kernel_times_of(const nlohmann::json& span) {
  const std::optional<nanoseconds> cpu = nanoseconds_if_there(span, "cpu_ns");
  if (!cpu) return std::nullopt;
  return KernelTimes{
      .cpu = *cpu, .io = nanoseconds_if_there(span, "io_ns"), .memory = nanoseconds_if_there(span, "memory_ns")};
}

}  // namespace assay::trial
