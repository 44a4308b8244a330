#include "experiments/adversary/claim_making.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/claimed_ratio.hpp"

namespace assay::adversary {
namespace {

/// Where a claim holds: a cell, and a treatment.
struct Place {
  std::size_t cell = 0;
  ArmIndex treatment = 1;
};

std::string name_of(const Plan& plan, const Place& place) {
  const NamedCell cell = named_cell(plan, place.cell);
  return fmt::format("{} in {}: {}", cell.workload, cell.state, named_arm(plan, place.treatment).label);
}

/// Whether this place has the revision that is said to be correct. Arms that are not built from revisions all have it:
/// a challenge runs them in a clone at the claim's.
bool has_revision(const Plan& plan, const Place& place, const StatedCorrectness& stated) {
  if (!has_source(plan.variable)) return true;
  const Level& level = plan.variable.levels[place.treatment];
  return !correct_revision(level).empty() && std::get<SourceLevel>(level.value).commit == stated.commit;
}

bool is_meant(const Plan& plan, const Place& place, const ClaimRequest& request) {
  const auto* const correct = std::get_if<StatedCorrectness>(&request.effect);
  if (correct != nullptr && !has_revision(plan, place, *correct)) return false;
  const NamedCell cell = named_cell(plan, place.cell);
  return request.workload.value_or(cell.workload) == cell.workload &&
         request.state.value_or(cell.state) == cell.state &&
         request.treatment.value_or(named_arm(plan, place.treatment).label) == named_arm(plan, place.treatment).label;
}

std::vector<Place> all_places(const Plan& plan) {
  std::vector<Place> places;
  for (std::size_t cell = 0; cell < cells(plan).size(); ++cell) {
    for (ArmIndex arm = kControl + 1; arm < arm_count(plan); ++arm) places.push_back({cell, arm});
  }
  return places;
}

/// The treatments of which a claim of correctness can be made: "fast (1f0c9aa37d)".
std::vector<std::string> correct_revisions(const Plan& plan) {
  std::vector<std::string> names;
  for (ArmIndex arm = kControl + 1; arm < arm_count(plan); ++arm) {
    std::string name = correct_revision(plan.variable.levels[arm]);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

/// A challenge runs treatment's revision, and no other one could be found faulty by it.
void require_revision(const Plan& plan, const StatedCorrectness& stated) {
  const std::vector<Place> places = all_places(plan);
  if (std::any_of(places.begin(), places.end(),
                  [&](const Place& place) { return has_revision(plan, place, stated); })) {
    return;
  }
  const std::vector<std::string> names = correct_revisions(plan);
  const std::string instead =
      names.empty() ? "its treatment is no git revision as it is, so claim its rate of success with --success, or name "
                      "an experiment whose treatment is the revision"
                    : fmt::format("only {} can be claimed correct here", fmt::join(names, " and "));
  throw Error(fmt::format("{} ({}) is no treatment of {}, so a challenge would not run it: {}",
                          in_quotes(stated.revision), short_object_id(stated.commit), plan.id, instead),
              ErrorKind::refused);
}

/// The one place that is meant. Several are narrowed to those that `is_likely` picks.
template <class Likely>
Place place_meant(const Plan& plan, const ClaimRequest& request, const Likely& is_likely) {
  if (const auto* const correct = std::get_if<StatedCorrectness>(&request.effect)) require_revision(plan, *correct);
  std::vector<std::string> names;
  std::vector<Place> meant;
  for (const Place& place : all_places(plan)) {
    names.push_back(name_of(plan, place));
    if (is_meant(plan, place, request)) meant.push_back(place);
  }
  if (meant.empty()) {
    throw Error(
        fmt::format("the experiment has no such workload, state and treatment; it has {}", fmt::join(names, "; ")));
  }
  std::vector<Place> likely;
  std::copy_if(meant.begin(), meant.end(), std::back_inserter(likely), is_likely);
  if (meant.size() == 1) return meant.front();
  if (likely.size() == 1) return likely.front();
  throw Error(
      fmt::format("several places may be meant: name workload, state or treatment, one of {}", fmt::join(names, "; ")));
}

const Metric& metric_meant(const Plan& plan, const std::optional<std::string>& name) {
  if (!name) return plan.metrics[primary_metric(plan)];
  const auto found = std::find_if(plan.metrics.begin(), plan.metrics.end(),
                                  [&](const Metric& metric) { return metric.name == *name; });
  if (found != plan.metrics.end()) return *found;
  const auto names = names_of(plan.metrics);
  throw Error(fmt::format("the experiment has no metric {}: expected one of {}{}", in_quotes(*name),
                          fmt::join(names, ", "), did_you_mean(*name, names)));
}

double share_of(const std::string& text) {
  const double share = parse_percent(text).fraction();
  if (share > 0 && share <= 1) return share;
  throw Error(fmt::format("{} is not a rate: expected a share above 0% and up to 100%", in_quotes(text)));
}

void require_positive(const Metric& metric) {
  if (metric.kind == MetricKind::positive || metric.kind == MetricKind::deterministic) return;
  throw Error(
      fmt::format("a ratio cannot be claimed of {}, which is compared by difference: claim a limit, a rate or "
                  "\"not worse\"",
                  metric.name));
}

/// Reads what was stated in the metric's unit and direction.
struct EffectOf {
  const Metric& metric;

  ClaimedEffect operator()(const NearEnd&) const {
    throw Error("nothing was measured that a claim could rest on: state the effect, such as a ratio of 4x");
  }
  ClaimedEffect operator()(const StatedRatio& ratio) const {
    require_positive(metric);
    return ClaimedRatio{claimed_ratio(ratio.text, metric.direction)};
  }
  ClaimedEffect operator()(const StatedValues& values) const {
    require_positive(metric);
    return ClaimedRatio{
        claimed_ratio(BeforeAfter{parse_limit(values.before, metric.unit), parse_limit(values.after, metric.unit)},
                      metric.direction)};
  }
  ClaimedEffect operator()(const StatedLimit& limit) const {
    const ClaimedLimit claimed{limit.statistic, limit.bound, parse_limit(limit.text, metric.unit)};
    if (metric.kind == MetricKind::positive && !(claimed.limit > 0)) {
      throw Error(fmt::format("{} is no limit of {}, whose values are all above 0: expected a value above 0",
                              in_quotes(limit.text), metric.name));
    }
    return claimed;
  }
  ClaimedEffect operator()(const StatedRate& rate) const {
    ClaimedRate claimed{share_of(rate.text), std::nullopt};
    if (rate.floor) claimed.floor = share_of(*rate.floor);
    if (claimed.floor && *claimed.floor > claimed.rate) {
      throw Error(fmt::format("the floor {} is above the claimed rate {}", *rate.floor, rate.text));
    }
    if (claimed.floor.value_or(claimed.rate) >= 1) {
      throw Error(
          "no number of trials shows 100%: say with --at-least what a challenge has to show, such as --at-least "
          "95%");
    }
    return claimed;
  }
  ClaimedEffect operator()(const StatedNotWorse& stated) const {
    const Percent margin = parse_percent(stated.text);
    if (!(margin.value > 0)) throw Error("a margin must be above 0%: no measurement shows a difference of nothing");
    return ClaimedNotWorse{margin.value};
  }
  ClaimedEffect operator()(const StatedCorrectness&) const { return ClaimedCorrectness{}; }
};

struct WordsOf {
  std::string operator()(const NearEnd&) const { return ""; }
  std::string operator()(const StatedRatio& ratio) const { return ratio.text; }
  std::string operator()(const StatedValues& values) const {
    return fmt::format("from {} to {}", values.before, values.after);
  }
  std::string operator()(const StatedLimit& limit) const { return limit.text; }
  std::string operator()(const StatedRate& rate) const { return rate.text; }
  std::string operator()(const StatedNotWorse& stated) const { return stated.text; }
  std::string operator()(const StatedCorrectness&) const { return ""; }
};

/// Whether the claim is about one metric's values, and not about how trials end.
bool is_about_a_metric(const ClaimRequest& request) {
  if (std::holds_alternative<StatedCorrectness>(request.effect)) return false;
  return !std::holds_alternative<StatedRate>(request.effect) || request.metric.has_value();
}

Claim claim_at(const Plan& plan, const Place& place, const ClaimRequest& request) {
  const NamedCell cell = named_cell(plan, place.cell);
  const Metric& metric = metric_meant(plan, request.metric);
  Claim claim;
  claim.experiment = plan.id;
  claim.environment_name = plan.environment_name;
  claim.workload = cell.workload;
  claim.state = cell.state;
  claim.control = named_arm(plan, kControl).label;
  claim.treatment = named_arm(plan, place.treatment).label;
  if (is_about_a_metric(request)) {
    if (!applies_to(metric.workloads, cell.workload)) {
      throw Error(fmt::format("{} has no metric {}", cell.workload, metric.name));
    }
    claim.metric = {metric.name, metric.unit, metric.direction};
  }
  const auto* const correct = std::get_if<StatedCorrectness>(&request.effect);
  if (correct != nullptr && !has_source(plan.variable)) {
    claim.said = fmt::format("{} ({})", correct->revision, short_object_id(correct->commit));
    claim.revision = correct->commit;
  } else {
    claim.said = correct != nullptr ? correct_revision(plan.variable.levels[place.treatment])
                                    : std::visit(WordsOf{}, request.effect);
  }
  return claim;
}

bool is_at(const Comparison& comparison, const Place& place) {
  return comparison.cell.index == place.cell && comparison.treatment.index == place.treatment;
}

const MetricResult* result_at(const Record& record, const Place& place, const Metric& metric) {
  for (const Comparison& comparison : record.result.comparisons) {
    if (!is_at(comparison, place)) continue;
    for (const MetricResult& result : comparison.metrics) {
      if (result.metric.name == metric.name) return &result;
    }
  }
  return nullptr;
}

/// How many times better treatment is at the end of the interval that lies nearer to "no difference".
double near_ratio(const Metric& metric, const Interval& interval) {
  const double nearest = metric.direction == Direction::lower ? interval.high : interval.low;
  return better_ratio(std::exp(nearest), metric.direction);
}

ClaimedRatio near_end(const Record& record, const Place& place, const Metric& metric) {
  require_positive(metric);
  const MetricResult* result = result_at(record, place, metric);
  if (result == nullptr || !result->effect) {
    throw Error(fmt::format("record {:04} has no interval of {} for {}", record.number, metric.name,
                            name_of(record.plan, place)));
  }
  const double ratio = near_ratio(metric, result->effect->interval);
  if (std::isfinite(ratio) && ratio > 1) return {ratio};
  throw Error(
      fmt::format("record {:04} shows no improvement of {} for {}: claim that it is not worse by a margin, or "
                  "state the effect in figures",
                  record.number, metric.name, name_of(record.plan, place)));
}

}  // namespace

std::string correct_revision(const Level& level) {
  const auto* const source = std::get_if<SourceLevel>(&level.value);
  if (source == nullptr || !source->patches.empty() || source->commit.empty()) return "";
  return fmt::format("{} ({})", source->revision, short_object_id(source->commit));
}

Claim claim_of_record(const Record& record, const ClaimRequest& request) {
  const Plan& plan = record.plan;
  const Place place = place_meant(plan, request, [&](const Place& likely) {
    const auto& all = record.result.comparisons;
    return std::any_of(all.begin(), all.end(), [&](const Comparison& comparison) {
      return is_at(comparison, likely) && comparison.verdict == Verdict::improved;
    });
  });
  Claim claim = claim_at(plan, place, request);
  const Metric& metric = metric_meant(plan, request.metric);
  if (std::holds_alternative<NearEnd>(request.effect)) {
    claim.effect = near_end(record, place, metric);
  } else {
    claim.effect = std::visit(EffectOf{metric}, request.effect);
  }
  return claim;
}

Claim claim_of_plan(const Plan& plan, const ClaimRequest& request) {
  const Place place = place_meant(plan, request, [](const Place&) { return false; });
  Claim claim = claim_at(plan, place, request);
  claim.effect = std::visit(EffectOf{metric_meant(plan, request.metric)}, request.effect);
  claim.plan = plan;
  return claim;
}

}  // namespace assay::adversary
