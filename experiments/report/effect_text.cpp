#include "experiments/report/effect_text.hpp"

#include <cmath>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

/// What a metric measures, as far as words depend on it.
enum class Subject {
  time,      ///< the trial's own: "faster", "takes ... time"
  duration,  ///< another time: "shorter"
  resource,  ///< "uses ... less"
  figure,    ///< anything else: "is ... lower"
};

bool is_built_in(const Metric& metric, std::string_view name) {
  const auto* source = std::get_if<BuiltInSource>(&metric.source);
  return source != nullptr && source->name == name;
}

Subject subject_of(const Metric& metric) {
  if (metric.direction == Direction::higher) return Subject::figure;
  if (is_built_in(metric, "wall")) return Subject::time;
  const bool cpu_time = is_built_in(metric, "user") || is_built_in(metric, "system") || is_built_in(metric, "cpu");
  if (cpu_time || metric.unit == "B") return Subject::resource;
  return metric.unit == "s" ? Subject::duration : Subject::figure;
}

std::string shown_name(const Metric& metric) {
  return printable(metric.name);
}

/// "treatment" and "control" put around what differs.
std::string clause_of(Subject subject, const Metric& metric, const ArmNames& arms, const std::string& difference) {
  if (subject == Subject::time) return fmt::format("{} {} than {}", arms.treatment, difference, arms.control);
  if (subject == Subject::resource) {
    return fmt::format("{} uses {} {} than {}", arms.treatment, difference, shown_name(metric), arms.control);
  }
  return fmt::format("{}'s {} is {} than {}'s", arms.treatment, shown_name(metric), difference, arms.control);
}

std::string same_clause(Subject subject, const Metric& metric, const ArmNames& arms) {
  if (subject == Subject::time) return fmt::format("{} takes as much time as {}", arms.treatment, arms.control);
  if (subject == Subject::resource) {
    return fmt::format("{} uses as much {} as {}", arms.treatment, shown_name(metric), arms.control);
  }
  return fmt::format("{}'s {} is as high as {}'s", arms.treatment, shown_name(metric), arms.control);
}

std::string_view word_for_more(Subject subject) {
  switch (subject) {
    case Subject::time:
      return "slower";
    case Subject::duration:
      return "longer";
    case Subject::resource:
      return "more";
    case Subject::figure:
      return "higher";
  }
  return "";
}

std::string_view word_for_less(Subject subject) {
  switch (subject) {
    case Subject::time:
      return "faster";
    case Subject::duration:
      return "shorter";
    case Subject::resource:
      return "less";
    case Subject::figure:
      return "lower";
  }
  return "";
}

/// The interval read in the direction of the effect: "1.19 to 1.23" times.
struct Times {
  double estimate;
  double low;
  double high;
};

Times times_of(double estimate, const Interval& interval) {
  const bool more = interval.low > 0;
  if (more) return {std::exp(estimate), std::exp(interval.low), std::exp(interval.high)};
  return {std::exp(-estimate), std::exp(-interval.high), std::exp(-interval.low)};
}

/// Three digits, without the zeros that an estimate would have: "12", "1.96".
std::string bound_text(double ratio) {
  return ratio >= 1000 ? fmt::format("{:.0f}", ratio) : fmt::format("{:.3g}", ratio);
}

/// Whether a ratio beyond 1 would be shown as 1 beside this estimate.
bool is_shown_as_one(double ratio, const Times& times) {
  return ratio_text(ratio, times.estimate) == ratio_text(1, times.estimate);
}

/// The far end, with as many decimals as it takes to tell it from 1.
std::string far_end_text(const Times& times, NearEnd near_end) {
  const bool is_told = near_end == NearEnd::told && is_shown_as_one(times.high, times);
  return is_told ? beyond_one_text(times.high) : ratio_text(times.high, times.estimate);
}

EffectText times_text(const Metric& metric, double estimate, const Interval& interval, const ArmNames& arms,
                      NearEnd near_end) {
  const Subject subject = subject_of(metric);
  const Times times = times_of(estimate, interval);
  const std::string_view word = subject == Subject::resource ? "as much"
                                : interval.low > 0           ? word_for_more(subject)
                                                             : word_for_less(subject);
  EffectText text;
  if (std::isinf(times.low)) {  // one arm failed in nearly every block
    text.summary = fmt::format("without bound {}", word);
    text.interval = "no bound";
    text.ends = IntervalEnds::missing;
  } else if (std::isinf(times.estimate)) {
    text.summary = fmt::format("at least {}x {}", bound_text(times.low), word);
    text.interval = "no upper bound";
    text.ends = IntervalEnds::missing;
  } else {
    text.summary = fmt::format("{}x {}", ratio_text(times.estimate, times.estimate), word);
    const bool is_told = near_end == NearEnd::told && is_shown_as_one(times.low, times);
    const std::string low = is_told ? "above 1" : ratio_text(times.low, times.estimate);
    text.interval = std::isinf(times.high) ? (is_told ? low : fmt::format("at least {}", low))
                                           : fmt::format("{} to {}", low, far_end_text(times, near_end));
  }
  if (subject == Subject::resource) {
    text.clause = fmt::format("{} uses {} {} as {}", arms.treatment, text.summary, shown_name(metric), arms.control);
  } else {
    text.clause = clause_of(subject, metric, arms, (subject == Subject::time ? "is " : "") + text.summary);
  }
  return text;
}

/// "2.1 %", "12.3 points", "3.20 ms": without sign.
std::string magnitude_text(const Metric& metric, double effect, std::string_view time_unit) {
  if (metric.kind == MetricKind::positive) return amount_text(percent_of_log_ratio(effect));
  if (metric.kind == MetricKind::proportion) return fmt::format("{:.1f} points", std::fabs(100 * effect));
  return quantity_text(std::fabs(effect), scale_for(effect, metric.unit, time_unit));
}

bool is_shown_as_zero(const std::string& magnitude) {
  return magnitude.find_first_of("123456789") == std::string::npos;
}

EffectText change_of(const Metric& metric, double estimate, const Interval& interval, const ArmNames& arms,
                     const Wording& wording) {
  const Subject subject = subject_of(metric);
  EffectText text;
  text.interval = effect_interval_text(metric, interval, wording);
  if (std::isinf(interval.low) && std::isinf(interval.high)) text.ends = IntervalEnds::missing;
  if (std::isinf(estimate)) {
    text.summary = "no bound";
    text.clause = fmt::format("failed trials leave no estimate of {} against {}", arms.treatment, arms.control);
    return text;
  }
  const std::string magnitude = magnitude_text(metric, estimate, wording.time_unit);
  if (is_shown_as_zero(magnitude)) {
    text.summary = "no change";
    text.clause = same_clause(subject, metric, arms);
    return text;
  }
  const bool more = estimate > 0;
  if (subject == Subject::time) {
    text.summary = fmt::format("{} {} time", magnitude, more ? "more" : "less");
    text.clause = clause_of(subject, metric, arms, "takes " + text.summary);
  } else {
    text.summary = fmt::format("{} {}", magnitude, more ? word_for_more(subject) : word_for_less(subject));
    text.clause = clause_of(subject, metric, arms, text.summary);
  }
  return text;
}

/// Whether "1.21x" says it best: the direction is beyond doubt. What is used less, or not twice as much, is given in
/// percent: "1.3x less memory" could mean either of two figures.
bool is_put_as_times(const Metric& metric, double estimate, const Interval& interval) {
  const bool one_direction = interval.low > 0 || interval.high < 0;
  const bool in_percent = subject_of(metric) == Subject::resource && (interval.high < 0 || estimate < std::log(2));
  return metric.kind == MetricKind::positive && one_direction && !in_percent;
}

/// "above 0" or "below 0" for an end that excludes no effect; empty for any other, and if its digits show that, too.
std::string_view told_near_end(const std::string& shown, const Interval& interval, double end) {
  if (!is_shown_as_zero(shown)) return "";
  if (interval.low > 0 && end == interval.low) return "above 0";
  return interval.high < 0 && end == interval.high ? "below 0" : "";
}

}  // namespace

Wording wording_in(const TextStyle& style) {
  const NearEnd near_end = style.rules == kOldestRules ? NearEnd::rounded : NearEnd::told;
  const bool may_gain_ends = style.rules == kOldestRules || style.early_end == EarlyEnd::interrupted;
  return {Manner::change, style.time_unit, near_end, may_gain_ends ? "no bound yet" : "no bound"};
}

EffectText effect_text(const Metric& metric, double estimate, const Interval& interval, const ArmNames& arms,
                       const Wording& wording) {
  const bool as_times = wording.manner == Manner::times && is_put_as_times(metric, estimate, interval);
  return as_times ? times_text(metric, estimate, interval, arms, wording.near_end)
                  : change_of(metric, estimate, interval, arms, wording);
}

std::string effect_change_text(const Metric& metric, double effect, std::string_view time_unit) {
  if (std::isinf(effect)) return "unbounded";
  if (metric.kind == MetricKind::positive) return change_text(percent_of_log_ratio(effect));
  const std::string magnitude = magnitude_text(metric, effect, time_unit);
  return (is_shown_as_zero(magnitude) ? "" : effect < 0 ? "-" : "+") + magnitude;
}

std::string effect_interval_text(const Metric& metric, const Interval& interval, const Wording& wording) {
  /// An end in words has its side in it, so that another one would say it twice.
  const auto end = [&](double value, std::string_view side) {
    const std::string shown = effect_change_text(metric, value, wording.time_unit);
    const std::string_view told = told_near_end(shown, interval, value);
    return told.empty() || wording.near_end == NearEnd::rounded ? std::string(side) + shown : std::string(told);
  };
  const bool low_is_open = std::isinf(interval.low);
  const bool high_is_open = std::isinf(interval.high);
  if (low_is_open && high_is_open) return std::string(wording.without_ends);
  if (low_is_open) return end(interval.high, "at most ");
  if (high_is_open) return end(interval.low, "at least ");
  return end(interval.low, "") + " to " + end(interval.high, "");
}

std::string margin_text(const Metric& metric) {
  if (!metric.margin) return "";
  const double value = metric.margin->value;
  const std::string unit = metric.kind != MetricKind::proportion ? "%" : value == 1 ? "point" : "points";
  return fmt::format("{:.4g} {}{}", value, unit, metric.margin_is_default ? " (default)" : "");
}

}  // namespace assay::report
