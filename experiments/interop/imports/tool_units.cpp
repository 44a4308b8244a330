#include "experiments/interop/imports/tool_units.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "core/units.hpp"
#include "experiments/interop/imports/packed_numbers.hpp"

namespace assay::interop {
namespace {

struct Spelling {
  std::string_view theirs;
  std::string_view ours;
};

/// What tools call the units that core/units.hpp knows by their symbols.
constexpr std::array kSpellings = {
    Spelling{"nanosecond", "ns"}, Spelling{"microsecond", "us"}, Spelling{"millisecond", "ms"}, Spelling{"second", "s"},
    Spelling{"seconds", "s"},     Spelling{"sec", "s"},          Spelling{"msec", "ms"},        Spelling{"usec", "us"},
    Spelling{"hr", "h"},          Spelling{"day", "d"},          Spelling{"nsec", "ns"},        Spelling{"byte", "B"},
    Spelling{"bytes", "B"},       Spelling{"Bytes", "B"},
};

std::string_view symbol_of(std::string_view unit) {
  const auto found =
      std::find_if(kSpellings.begin(), kSpellings.end(), [&](const Spelling& one) { return one.theirs == unit; });
  return found == kSpellings.end() ? unit : found->ours;
}

}  // namespace

KeptUnit kept_unit(std::string_view tools_unit) {
  const std::string_view symbol = symbol_of(tools_unit);
  if (symbol.empty()) return {};
  for (const std::string_view kept : {"s", "B", "B/s"}) {
    if (const std::optional<double> factor = conversion_factor(symbol, kept)) return {std::string(kept), *factor};
  }
  return {std::string(symbol), 1};
}

KeptUnit kept_time_unit(const formats::Field& tools_unit) {
  const std::string text = tools_unit.text();
  const KeptUnit unit = kept_unit(text);
  if (unit.unit != "s")
    tools_unit.fail(fmt::format("expected a unit of time such as ns or ms, not {}", in_quotes(text)));
  return unit;
}

double measure_of(const formats::Field& number) {
  const double value = number.number();
  if (value < 0) number.fail(fmt::format("expected 0 or more, not {}", value));
  return value;
}

std::vector<double> numbers_of(const formats::Field& list) {
  if (is_packed(list.value())) {
    std::vector<double> values = unpacked_numbers(list.value());
    if (std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); })) {
      list.fail("expected numbers, not null");
    }
    if (std::any_of(values.begin(), values.end(), [](double value) { return value < 0; })) {
      list.fail("expected 0 or more");  // the plain tree that is read next has the place
    }
    return values;
  }
  // A file may hold millions of values: only what is wrong gets a place of its own.
  if (!list.is_list()) (void)list.elements();
  std::vector<double> values;
  values.reserve(list.value().size());
  for (const nlohmann::json& value : list.value()) {
    if (!value.is_number() || value.get<double>() < 0) (void)measure_of(list.elements().at(values.size()));
    values.push_back(value.get<double>());
  }
  return values;
}

std::vector<double> numbers_of(const formats::Field& list, const KeptUnit& unit) {
  std::vector<double> values = numbers_of(list);
  for (double& value : values) value *= unit.factor;
  return values;
}

}  // namespace assay::interop
