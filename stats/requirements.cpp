#include "stats/requirements.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::stats {

void require_confidence(double confidence) {
  if (confidence > 0 && confidence < 1) return;
  throw Error(fmt::format("confidence {}: expected a number between 0 and 1, for example 0.95", confidence));
}

void require_values(std::span<const double> values, std::size_t at_least, std::string_view what) {
  if (values.size() < at_least) {
    throw Error(fmt::format("{}: {} values given, but at least {} are needed", what, values.size(), at_least));
  }
  const auto bad = std::ranges::find_if_not(values, [](double value) { return std::isfinite(value); });
  if (bad != values.end()) {
    throw Error(fmt::format("{}: value {} is {}, but only finite numbers can be compared", what,
                            bad - values.begin() + 1, *bad));
  }
}

}  // namespace assay::stats
