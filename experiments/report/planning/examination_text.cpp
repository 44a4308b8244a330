#include "experiments/report/planning/examination_text.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/report/layout.hpp"
#include "experiments/report/planning/aa_text.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

using nlohmann::json;
using planning::Examination;
using planning::MetricNeed;

constexpr int kNameWidth = 16;

std::string named_line(std::string_view label, std::string_view text) {
  return fmt::format("  {}{}\n", pad_right(label, kNameWidth), text);
}

std::string condition_line(const MachineCondition& condition) {
  std::string text = condition.state;
  if (condition.disturbance == Disturbance::disturbing) text += fmt::format(": {}", advice_on(condition.kind));
  return named_line(to_string(condition.kind), text);
}

std::string conditions_with(const Examination& examination, Disturbance disturbance, std::string_view title) {
  std::string lines;
  for (const MachineCondition& condition : examination.conditions) {
    if (condition.disturbance == disturbance) lines += condition_line(condition);
  }
  return lines.empty() ? "" : fmt::format("{}\n{}", title, lines);
}

/// Names only, since there is nothing to do about them; of other measurements also why they cannot be told.
std::string names_with(const Examination& examination, Disturbance disturbance, std::string_view title) {
  std::string names;
  for (const MachineCondition& condition : examination.conditions) {
    if (condition.disturbance != disturbance) continue;
    const bool has_reason =
        condition.kind == ConditionKind::measurements && condition.disturbance == Disturbance::unknown;
    names += fmt::format("{}{}{}", names.empty() ? "" : ", ", to_string(condition.kind),
                         has_reason ? fmt::format(" ({})", condition.state) : "");
  }
  return names.empty() ? "" : fmt::format("{}: {}\n", title, names);
}

/// "3.1 % more time (2.0 % to 4.2 %), noise 1.2 % with and 0.8 % without".
std::string share_sentence(const planning::ConditionShare& share) {
  const auto percent = [](double log_ratio) { return fmt::format("{:+.1f} %", percent_of_log_ratio(log_ratio)); };
  return fmt::format("{}: {} time (95 % interval {} to {}), noise {} with it and {} without", share.how,
                     percent(share.slower), percent(share.interval.low), percent(share.interval.high),
                     amount_text(percent_of_log_ratio(share.spread_with)),
                     amount_text(percent_of_log_ratio(share.spread_without)));
}

const planning::ConditionShare* share_of(const Examination& examination, ConditionKind kind) {
  for (const planning::ConditionShare& share : examination.shares) {
    if (share.kind == kind) return &share;
  }
  return nullptr;
}

/// What each condition costs, as far as it can be switched for one trial; the others are named.
std::string shares_text(const Examination& examination) {
  if (examination.shares.empty()) return "";
  std::string text = "how much each matters, tried one by one on a short shell loop\n";
  for (const planning::ConditionShare& share : examination.shares) {
    text += named_line(to_string(share.kind), share_sentence(share));
  }
  std::string names;
  for (const MachineCondition& condition : examination.conditions) {
    const bool matters =
        condition.disturbance == Disturbance::disturbing || condition.disturbance == Disturbance::noted;
    if (!matters || share_of(examination, condition.kind) != nullptr) continue;
    names += fmt::format("{}{}", names.empty() ? "" : ", ", to_string(condition.kind));
  }
  if (names.empty()) return text;
  return text + fmt::format(
                    "only listed, since nothing switches them for one trial: {}; their share is in the noise "
                    "of control against itself\n",
                    names);
}

std::string time_text(nanoseconds time) {
  return format_duration(time);
}

double launcher_factor(const Examination& examination) {
  return examination.costs.started.count() > 0 ? static_cast<double>(examination.costs.launched.count()) /
                                                     static_cast<double>(examination.costs.started.count())
                                               : 1;
}

std::string costs_text(const Examination& examination) {
  const planning::MeasuringCosts& costs = examination.costs;
  return "what measuring costs\n" +
         named_line("clock", fmt::format("steps of {}, {} for a reading", time_text(costs.clock_step),
                                         time_text(costs.clock_reading))) +
         named_line("starting",
                    fmt::format("{} by the launcher, {} bare ({:.2f}x); no trial is corrected for it",
                                time_text(costs.launched), time_text(costs.started), launcher_factor(examination))) +
         named_line("disk", fmt::format("4 KiB are safe after {}", time_text(costs.synced)));
}

std::string need_line(const MetricNeed& need) {
  return named_line(need.metric, fmt::format("{} ({} noise in a block)", count_text(rounded_up(need.blocks), "block"),
                                             amount_text(percent_of_log_ratio(need.tau))));
}

/// Instructions hardly vary from trial to trial, so a reader wants to know why they are not among the metrics.
std::string instructions_line(const Examination& examination) {
  if (examination.no_instructions.empty()) return "";
  return named_line("instructions", fmt::format("unavailable: {}", examination.no_instructions));
}

std::string needs_text(const Examination& examination) {
  if (examination.needs.empty()) return "";
  constexpr std::size_t kMostLines = 6;
  std::string text = fmt::format("how many blocks show {} here, by metric\n", amount_text(examination.margin.value));
  for (std::size_t line = 0; line < std::min(kMostLines, examination.needs.size()); ++line) {
    text += need_line(examination.needs[line]);
  }
  return text + instructions_line(examination);
}

std::string played_text(const Examination& examination) {
  if (!examination.played) return "";
  const planning::PlaySummary& played = *examination.played;
  return fmt::format("{} attempts were played on this noise with nothing to find: {} claimed a difference\n",
                     played.attempts, share_text(false_claims(played)));
}

json share_json(const planning::ConditionShare* share) {
  if (share == nullptr) return nullptr;
  const auto percent = [](double log_ratio) -> json {
    if (!std::isfinite(log_ratio)) return nullptr;
    return percent_of_log_ratio(log_ratio);
  };
  return {{"how", share->how},
          {"percent", percent(share->slower)},
          {"low", percent(share->interval.low)},
          {"high", percent(share->interval.high)},
          {"noise_with_percent", percent(share->spread_with)},
          {"noise_without_percent", percent(share->spread_without)}};
}

json condition_json(const Examination& examination, const MachineCondition& condition) {
  json object = {{"name", to_string(condition.kind)},
                 {"state", condition.state},
                 {"disturbance", to_string(condition.disturbance)}};
  if (condition.disturbance == Disturbance::disturbing) object["advice"] = advice_on(condition.kind);
  object["share"] = share_json(share_of(examination, condition.kind));
  return object;
}

json needs_json(const Examination& examination) {
  json needs = json::array();
  for (const MetricNeed& need : examination.needs) {
    needs.push_back(
        {{"name", need.metric}, {"noise_percent", percent_of_log_ratio(need.tau)}, {"blocks", need.blocks}});
  }
  return needs;
}

}  // namespace

std::string_view advice_on(ConditionKind kind) {
  switch (kind) {
    case ConditionKind::governor:
      return "the frequency follows the load; cpupower frequency-set -g performance holds it";
    case ConditionKind::turbo:
      return "frequencies that the CPU cannot hold come and go; turn turbo off in /sys/devices/system/cpu";
    case ConditionKind::smt:
      return "a neighbour on the same core slows a trial; bind trials to one thread of each core";
    case ConditionKind::load:
      return "other work runs here; end it, or measure at another time";
    case ConditionKind::steal:
      return "the hypervisor gives CPU time to others; take a machine of your own";
    case ConditionKind::stalls:
      return "there are more busy processes than CPUs; end some of them";
    case ConditionKind::throttling:
      return "the control group uses up its CPU time; raise its quota";
    case ConditionKind::heat:
      return "CPUs become too hot; cool them, or hold a lower frequency";
    case ConditionKind::swap:
      return "memory moves to and from disk; free some, or turn swap off";
    case ConditionKind::huge_pages:
      return "pages are joined while trials run; set transparent_hugepage to madvise";
    case ConditionKind::cpu_limit:
    case ConditionKind::memory_limit:
      return "the control group is limited; keep trials inside the limit";
    case ConditionKind::clock_source:
      return "this clock is slow to read; boot with clocksource=tsc if the CPU has a steady one";
    case ConditionKind::virtualisation:
      return "other guests disturb trials; take a machine of your own";
    case ConditionKind::monitoring:
      return "DAMON samples memory while trials run; turn it off";
    case ConditionKind::aslr:
      return "addresses differ from start to start";
    case ConditionKind::memory_stalls:
      return "there is too little memory for what runs here; end some of it";
    case ConditionKind::io_stalls:
      return "something else uses the disk; end it, or measure at another time";
    case ConditionKind::measurements:
      return "let it end first; measurements on one host take turns if their locks lie in one folder (ASSAY_LOCK_DIR)";
  }
  return "";
}

std::string examination_sentence(const Examination& examination) {
  const auto disturbing =
      std::count_if(examination.conditions.begin(), examination.conditions.end(),
                    [](const MachineCondition& one) { return one.disturbance == Disturbance::disturbing; });
  const std::string conditions =
      disturbing == 0 ? "nothing that could be changed disturbs it"
                      : fmt::format("{} disturb{} it", count_text(static_cast<int>(disturbing), "condition"),
                                    disturbing == 1 ? "s" : "");
  if (!has_passed(examination.comparison)) {
    return fmt::format("not fit to measure as it is: {}; {}", conditions,
                       self_comparison_sentence(examination.comparison));
  }
  const bool is_noisy = examination.comparison.same.result.verdict != Verdict::equivalent;
  return fmt::format("fit to measure{}: no difference was claimed where there is none{}; {}\n",
                     is_noisy ? ", but noisy" : "",
                     examination.comparison.planted
                         ? fmt::format(", and a planted {} was found", amount_text(examination.comparison.plant.value))
                         : "",
                     conditions);
}

std::string examination_text(const Examination& examination, const TextStyle& style) {
  std::string text = conditions_with(examination, Disturbance::disturbing, "what disturbs measuring here");
  text += conditions_with(examination, Disturbance::noted, "what is worth knowing");
  text += names_with(examination, Disturbance::none, "in order");
  text += names_with(examination, Disturbance::unknown, "not shown here");
  if (const std::string shares = shares_text(examination); !shares.empty()) text += '\n' + shares;
  text += '\n' + costs_text(examination);
  if (const std::string needs = needs_text(examination); !needs.empty()) text += '\n' + needs;
  text += '\n' + self_comparison_text(examination.comparison, style) + played_text(examination);
  return text + '\n' + examination_sentence(examination);
}

json examination_json(const Examination& examination) {
  json conditions = json::array();
  for (const MachineCondition& condition : examination.conditions)
    conditions.push_back(condition_json(examination, condition));
  const planning::MeasuringCosts& costs = examination.costs;
  json object = {{"schema_version", 1},
                 {"command", "doctor"},
                 {"passed", has_passed(examination.comparison)},
                 {"conditions", conditions},
                 {"clock_step_ns", costs.clock_step.count()},
                 {"clock_reading_ns", costs.clock_reading.count()},
                 {"launched_ns", costs.launched.count()},
                 {"started_ns", costs.started.count()},
                 {"synced_ns", costs.synced.count()},
                 {"margin_percent", examination.margin.value},
                 {"metrics", needs_json(examination)},
                 {"instructions", {{"countable", examination.no_instructions.empty()}, {"why", nullptr}}},
                 {"played", nullptr},
                 {"self_comparison", self_comparison_json(examination.comparison)}};
  if (!examination.no_instructions.empty()) object["instructions"]["why"] = examination.no_instructions;
  if (examination.played) {
    object["played"] = {{"attempts", examination.played->attempts},
                        {"false_claims", false_claims(*examination.played)}};
  }
  // What `aa` printed as long as it was a command of its own.
  for (const char* key : {"verdict", "equivalence_proven", "same", "planted"}) {
    object[key] = object["self_comparison"][key];
  }
  return object;
}

}  // namespace assay::report
