#include "experiments/formats/record/gate_fields.hpp"

#include <nlohmann/json.hpp>

#include "experiments/formats/block/trial_fields.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/record/entry_fields.hpp"
#include "experiments/formats/record/record_fields.hpp"
#include "experiments/formats/result/result_fields.hpp"
#include "experiments/formats/result/result_json.hpp"

namespace assay::formats {
namespace {

/// As in the record of an attempt, a result is read with its plan.
struct MeasuredResultCodec {
  static void write(const GateMeasurement& measured, CanonicalWriter& writer) {
    Codec<AttemptResult>::write(measured.result, writer);
  }
  static void read(const Field& field, GateMeasurement& measured) { measured.result = result_at(measured.plan, field); }
  static Form form() { return Codec<AttemptResult>::form().in_words("object"); }
};

/// The outcomes on which a policy fails, in the order of the enumeration.
struct OutcomesCodec {
  static void write(const std::set<GateOutcome>& outcomes, CanonicalWriter& writer) {
    Codec<std::vector<GateOutcome>>::write({outcomes.begin(), outcomes.end()}, writer);
  }
  static void read(const Field& field, std::set<GateOutcome>& outcomes) {
    std::vector<GateOutcome> listed;
    Codec<std::vector<GateOutcome>>::read(field, listed);
    outcomes = {listed.begin(), listed.end()};
  }
  static Form form() { return Codec<std::vector<GateOutcome>>::form(); }
};

/// Follows from policy and findings; for who reads only this.
const bool* whether_it_failed(const GateReport& report) {
  static constexpr bool kTrue = true;
  static constexpr bool kFalse = false;
  return fails(report) ? &kTrue : &kFalse;
}

}  // namespace

template <>
const Description& description_of<GateRevision>() {
  static const Description description = Object<GateRevision>("gate revision")
                                             .always<&GateRevision::name>("name", "as it was given")
                                             .always<&GateRevision::commit>("commit", "that it stood for");
  return description;
}

template <>
const Description& description_of<GatePolicy>() {
  static const Description description =
      Object<GatePolicy>("gate policy")
          .always<&GatePolicy::experiments>("experiments", "globs of experiment files")
          .always<&GatePolicy::judges>("judges", "globs of other files that judge")
          .always<&GatePolicy::alert>("alert_percent", "the loss of the primary metric that is not accepted")
          .always<&GatePolicy::fail_on, OutcomesCodec>("fail_on", "the outcomes that fail the gate")
          .always<&GatePolicy::fails_on_changed_rules>("fail_on_changed_rules",
                                                       "whether a change of a file that judges fails it");
  return description;
}

template <>
const Description& description_of<GateRuleChange>() {
  static const Description description =
      Object<GateRuleChange>("rule change")
          .always<&GateRuleChange::path>("path", "from the top of the repository")
          .always<&GateRuleChange::kind>("kind", "of the file")
          .always<&GateRuleChange::change>("change", "how it differs from the base's, which was in force");
  return description;
}

template <>
const Description& description_of<StoredComparison>() {
  static const Description description =
      Object<StoredComparison>("stored comparison")
          .always<&StoredComparison::cell>("cell", "workload and state")
          .always<&StoredComparison::baseline_trials>("baseline_trials", "trials of the baseline")
          .always<&StoredComparison::change_trials>("change_trials", "trials of the change")
          .always<&StoredComparison::estimate_percent>("estimate_percent", "by how much the change is worse")
          .always<&StoredComparison::interval_percent>("interval_percent", "of that")
          .always<&StoredComparison::confidence>("confidence", "of the interval")
          .always<&StoredComparison::outcome>("outcome", "for this cell");
  return description;
}

template <>
const Description& description_of<GateMeasurement>() {
  static const Description description =
      Object<GateMeasurement>("gate measurement")
          .always<&GateMeasurement::plan_sha256>("plan_sha256", "SHA-256 of the plan's canonical JSON")
          .always<&GateMeasurement::plan>("plan", "everything that was fixed before the first trial")
          .always<&GateMeasurement::blocks>("blocks", "as in the record of an attempt")
          .from_whole<MeasuredResultCodec>("result", "as in the record of an attempt");
  return description;
}

template <>
const Description& description_of<GateFinding>() {
  static const Description description =
      Object<GateFinding>("gate finding")
          .always<&GateFinding::file>("file", "the experiment, from the top of the repository")
          .always<&GateFinding::outcome>("outcome", "see [gate.md](../methods/gate.md)")
          .always<&GateFinding::basis>("basis", "what the change was compared with")
          .unless_default<&GateFinding::note>("note", "what a reader should know besides the figures")
          .if_set<&GateFinding::measured>("measured", "base and change in turn")
          .unless_default<&GateFinding::against_stored>("against_stored",
                                                        "the change against the stored baseline; its trials are not "
                                                        "recorded")
          .unless_default<&GateFinding::baseline_name>("baseline", "the record of that baseline");
  return description;
}

template <>
const Description& description_of<GateReport>() {
  static const Description description =
      Object<GateReport>("gate")
          .written_by<whether_it_failed>("failed", "whether the gate failed as a whole")
          .always<&GateReport::base>("base", "the commit whose rules were in force")
          .always<&GateReport::change>("change", "the commit that was judged")
          .unless_default<&GateReport::control>("control",
                                                "the commit at which the change left the base, if the base "
                                                "has moved on since")
          .always<&GateReport::environment_name>("environment", "the named class of machine")
          .always<&GateReport::machine>("machine", "as in the record of an attempt")
          .always<&GateReport::has_policy>("has_policy", "false: the defaults held")
          .always<&GateReport::policy>("policy", "by which it judged")
          .always<&GateReport::rule_changes>("rule_changes", "files that judge, and that the change alters")
          .always<&GateReport::findings>("findings", "one for each experiment")
          .unless_default<&GateReport::not_asked>("not_asked",
                                                  "experiments that the policy names and nobody asked for");
  return description;
}

}  // namespace assay::formats
