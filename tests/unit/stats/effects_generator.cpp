#include "tests/unit/stats/effects_generator.hpp"

#include <cstdlib>
#include <limits>

namespace assay::test {
namespace {

/// RapidCheck draws a new seed in every process unless told one; a test must not. A RC_PARAMS given by hand wins.
[[maybe_unused]] const int kSeeded = setenv("RC_PARAMS", "seed=20240607", 0);

constexpr std::size_t kMost = 40;

rc::Gen<std::vector<double>> one_to_most(const rc::Gen<double>& effect) {
  return rc::gen::mapcat(rc::gen::inRange<std::size_t>(1, kMost + 1), [effect](std::size_t count) {
    return rc::gen::container<std::vector<double>>(count, effect);
  });
}

rc::Gen<double> coarse_effect() {
  return rc::gen::map(rc::gen::inRange(-12, 13), [](int ticks) { return ticks / 8.0; });
}

}  // namespace

rc::Gen<std::vector<double>> any_effects() {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const auto smooth =
      rc::gen::map(rc::gen::inRange(-1'000'000, 1'000'001), [](int part) { return part * 1.0000001e-6; });
  return one_to_most(rc::gen::weightedOneOf<double>(
      {{6, smooth}, {3, coarse_effect()}, {1, rc::gen::element(0.0, infinity, -infinity)}}));
}

rc::Gen<std::vector<double>> coarse_effects() {
  return one_to_most(coarse_effect());
}

}  // namespace assay::test
