#include "experiments/definition/keys/file_value.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/formats/canonical_json.hpp"

namespace assay::definition {

std::string written_duration(nanoseconds duration) {
  using namespace std::chrono_literals;
  constexpr std::array<std::pair<nanoseconds, std::string_view>, 5> kUnits = {
      {{1h, "h"}, {1min, "min"}, {1s, "s"}, {1ms, "ms"}, {1us, "us"}}};
  if (duration == 0ns) return "0 s";
  for (const auto& [unit, name] : kUnits) {
    if (duration % unit == 0ns) return fmt::format("{} {}", duration / unit, name);
  }
  return fmt::format("{} ns", duration.count());
}

std::string written_number(double number) {
  return fmt::format("{}", number);
}

std::string in_json(std::string_view text) {
  return formats::canonical_json(text);
}

}  // namespace assay::definition
