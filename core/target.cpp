#include "core/target.hpp"

#include <chrono>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/parsed_number.hpp"
#include "core/units.hpp"

namespace assay {

std::string target_name(const Target& target) {
  return fmt::format("{}/{}/{}/{}", target.workload, target.state, target.metric, to_string(target.statistic));
}

bool is_same_target(const Target& left, const Target& right) {
  return left.bound == right.bound && target_name(left) == target_name(right);
}

bool is_looser(Bound bound, double limit, double than) {
  return bound == Bound::at_most ? limit > than : limit < than;
}

bool keeps(Bound bound, double limit, double figure) {
  return bound == Bound::at_most ? figure <= limit : figure >= limit;
}

std::string limit_text(const Target& target, double limit) {
  return fmt::format("{} {}", target.bound == Bound::at_most ? "at most" : "at least",
                     format_quantity(limit, target.unit));
}

double parse_limit(std::string_view text, std::string_view unit) {
  if (unit == "s") return std::chrono::duration<double>(parse_duration(text)).count();
  if (unit == "B") return static_cast<double>(parse_bytes(text).count);
  if (text.ends_with('%')) return parse_percent(text).fraction();
  if (const auto number = parsed_number<double>(text)) return *number;
  throw Error(fmt::format("\"{}\" is not a number{}", text,
                          unit.empty() ? ", nor a share such as 97%" : fmt::format(" of {}", unit)));
}

}  // namespace assay
