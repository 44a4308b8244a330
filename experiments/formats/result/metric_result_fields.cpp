#include "core/trial_parts/steady_series.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/result/effect_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"

namespace assay::formats {
namespace {

/// An effect of the metric; null if there is none.
template <auto effect>
struct EffectCodec {
  static void write(const MetricResult& result, CanonicalWriter& writer) {
    const std::optional<Effect>& value = result.*effect;
    value ? Codec<EffectFields>::write(as_shown(result.metric, *value), writer) : writer.value(nullptr);
  }
  static void read(const Field& field, MetricResult& result) {
    if (field.is_null()) return;
    result.*effect = effect_of(result.metric, read_as<EffectFields>(field), field);
  }
  static Form form() { return Codec<EffectFields>::form().or_null(); }
};
bool has_effect_at_stop(const MetricResult& result) {
  return result.effect_at_stop.has_value();
}

struct EquivalenceCodec {
  static void write(const MetricResult& result, CanonicalWriter& writer) {
    const std::optional<EquivalenceInterval>& value = result.equivalence;
    value ? Codec<ShownEquivalence>::write(as_shown(result.metric, *value), writer) : writer.value(nullptr);
  }
  static void read(const Field& field, MetricResult& result) {
    if (field.is_null()) return;
    result.equivalence = equivalence_of(result.metric, read_as<ShownEquivalence>(field));
  }
  static Form form() { return Codec<ShownEquivalence>::form().or_null(); }
};

const bool* true_if_observed(const MetricResult& result) {
  static constexpr bool kTrue = true;
  return result.metric.role == MetricRole::observed ? &kTrue : nullptr;
}

}  // namespace

template <>
const Description& description_of<ArmSummary>() {
  static const Description description =
      Object<ArmSummary>("figures")
          .always<&ArmSummary::count>("n", "measured trials; if there are none, the figures below are 0", kFromZero)
          .always<&ArmSummary::failed>("failed", "trials with any other outcome", kFromZero)
          .always<&ArmSummary::median>("median", "in the metric's unit, as all that follow")
          .always<&ArmSummary::mad>("mad", "median absolute deviation from the median, not scaled")
          .always<&ArmSummary::mean>("mean", "arithmetic")
          .always<&ArmSummary::standard_deviation>("standard_deviation", "0 below two trials")
          .always<&ArmSummary::minimum>("min", "the smallest value")
          .always<&ArmSummary::lower_quartile>("lower_quartile", "of type 7")
          .always<&ArmSummary::upper_quartile>("upper_quartile", "of type 7")
          .always<&ArmSummary::maximum>("max", "the largest value");
  return description;
}

template <>
const Description& description_of<ArmSteadiness>() {
  static const Description description =
      Object<ArmSteadiness>("steadiness of an arm")
          .always<&ArmSteadiness::flat>(to_string(SeriesClass::flat), "trials whose iterations stay as they begin",
                                        kFromZero)
          .always<&ArmSteadiness::warm_up>(to_string(SeriesClass::warm_up), "trials that become faster and steady",
                                           kFromZero)
          .always<&ArmSteadiness::slow_down>(to_string(SeriesClass::slow_down), "trials that become slower and steady",
                                             kFromZero)
          .always<&ArmSteadiness::no_steady_state>(to_string(SeriesClass::no_steady_state), "all other trials",
                                                   kFromZero)
          .always<&ArmSteadiness::median_start>("median_start", "iterations before the steady state", kFromZero);
  return description;
}

template <>
const Description& description_of<Steadiness>() {
  static const Description description = Object<Steadiness>("steadiness")
                                             .always<&Steadiness::control>("control", "its trials by class")
                                             .always<&Steadiness::treatment>("treatment", "its trials by class");
  return description;
}

template <>
const Description& description_of<MetricResult>() {
  static const Description description =
      Object<MetricResult>("metric result")
          .always_in<&MetricResult::metric, &Metric::name>("name", "of the metric")
          .always_in<&MetricResult::metric, &Metric::unit>("unit", "`s`, `B`, or the user's own")
          .always_in<&MetricResult::metric, &Metric::kind>("kind", "of its values")
          .always_in<&MetricResult::metric, &Metric::role>("role", "what it is there for")
          .always_in<&MetricResult::metric, &Metric::direction>("direction", "which values are better")
          .always_in<&MetricResult::metric, &Metric::margin>("margin_percent", "the smallest effect worth acting on")
          .always<&MetricResult::verdict>("verdict", "what the blocks show")
          .always<&MetricResult::reason>("verdict_reason", "why, where that is not plain")
          .always<&MetricResult::control>("control", "figures of its measured trials")
          .always<&MetricResult::treatment>("treatment", "figures of its measured trials")
          .from_whole<EffectCodec<&MetricResult::effect>>("effect",
                                                          "treatment against control; null if no block gave values")
          .from_whole_if<EffectCodec<&MetricResult::effect_at_stop>, has_effect_at_stop>(
              "effect_at_stop", "what the looks had shown, if only fresh blocks gave `effect`")
          .from_whole<EquivalenceCodec>("equivalence", "the interval that shows equivalence")
          .always<&MetricResult::not_worse>("not_worse", "one-sided, by the margin")
          .unless_default<&MetricResult::guard>("guard", "how a guard stands")
          .if_set<&MetricResult::blocks_needed>("blocks_needed", "to settle an open guard at its margin", kFromOne)
          .if_set<&MetricResult::steadiness>("steadiness", "if the metric counts only the steady state")
          .written_by<true_if_observed>("exploratory", "true for an observed metric");
  return description;
}

}  // namespace assay::formats
