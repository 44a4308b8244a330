#include "experiments/interop/unpaired_shares.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::interop {
namespace {

stats::Share share_of(const std::vector<double>& values, const char* arm) {
  if (values.empty()) throw Error(fmt::format("{} has no value; expected one or more", arm));
  stats::Share share{.count = 0, .trials = static_cast<int>(values.size())};
  for (const double value : values) {
    if (value != 0 && value != 1) {
      throw ShareInsideTrial(fmt::format(
          "{} has the value {}: in a proportion each row is one trial, 1 if it succeeded and 0 if it did not", arm,
          value));
    }
    share.count += value == 1 ? 1 : 0;
  }
  return share;
}

double rate_of(const stats::Share& share) {
  return static_cast<double>(share.count) / share.trials;
}

}  // namespace

UnpairedShares compare_unpaired_shares(const UnpairedValues& values, const UnpairedQuestion& question) {
  UnpairedShares result;
  result.shares = {.treatment = share_of(values.treatment, "treatment"),
                   .control = share_of(values.control, "control")};
  const auto& [treatment, control] = result.shares;
  const bool few = treatment.trials + control.trials <= kMostForBoschloo;
  result.test = few ? SharesTest::boschloo : SharesTest::fisher;
  result.p = few ? stats::boschloo_test(result.shares, stats::Alternative::two_sided)
                 : stats::fisher_exact_test(result.shares, stats::Alternative::two_sided);
  result.estimate = rate_of(treatment) - rate_of(control);
  result.interval = stats::share_difference_interval(result.shares, 1 - question.alpha);
  result.finding = result.p <= question.alpha ? Finding::difference : Finding::no_difference;
  return result;
}

}  // namespace assay::interop
