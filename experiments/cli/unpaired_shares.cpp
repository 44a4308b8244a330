#include "experiments/cli/unpaired_shares.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/report/effect_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::cli {
namespace {

using nlohmann::json;

stats::Share share_of(const std::vector<double>& values, const char* arm) {
  if (values.empty()) throw Error(fmt::format("--unpaired: {} has no value; expected one or more", arm));
  stats::Share share{.count = 0, .trials = static_cast<int>(values.size())};
  for (const double value : values) {
    if (value != 0 && value != 1) {
      throw Error(
          fmt::format("--unpaired: {} has the value {}: of a proportion each row is one trial, 1 where it succeeded "
                      "and 0 where it did not; see --kind difference for shares counted inside trials",
                      arm, value));
    }
    share.count += value == 1 ? 1 : 0;
  }
  return share;
}

double rate_of(const stats::Share& share) {
  return static_cast<double>(share.count) / share.trials;
}

json arm_json(const stats::Share& share) {
  return {{"n", share.trials}, {"count", share.count}, {"share", rate_of(share)}};
}

std::string arm_text(const stats::Share& share) {
  return fmt::format("{} of {} ({:.1f} %)", share.count, share.trials, 100 * rate_of(share));
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

std::string unpaired_shares_text(const UnpairedShares& result, const UnpairedQuestion& question) {
  const Metric& metric = question.metric;
  const char* const test = result.test == SharesTest::boschloo ? "Boschloo's" : "Fisher's";
  return fmt::format("{} (p {:.2g}, {} exact test): {}, {} interval {}\n{}\n  control    {}\n  treatment  {}\n",
                     to_string(result.finding), result.p, test, report::effect_change_text(metric, result.estimate),
                     report::share_text(1 - question.alpha), report::effect_interval_text(metric, result.interval),
                     kOrderNotControlled, arm_text(result.shares.control), arm_text(result.shares.treatment));
}

json unpaired_shares_json(const UnpairedShares& result, const UnpairedQuestion& question) {
  json document = unpaired_heading_json(question, result.finding);
  document["control"] = arm_json(result.shares.control);
  document["treatment"] = arm_json(result.shares.treatment);
  document["effect"] = {{"estimate", result.estimate},
                        {"low", result.interval.low},
                        {"high", result.interval.high},
                        {"scale", "share"},
                        {"confidence", 1 - question.alpha},
                        {"estimator", "share-difference"},
                        {"p", result.p},
                        {"exact", true},
                        {"test", to_string(result.test)}};
  return document;
}

}  // namespace assay::cli
