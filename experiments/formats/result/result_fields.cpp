#include "experiments/formats/result/result_fields.hpp"

#include <cmath>
#include <limits>

#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"
#include "experiments/formats/result/challenge_fields.hpp"

namespace assay::formats {
namespace {

/// A count for each arm of a comparison.
Form form_of_counts() {
  return Form::object_of({{"control", Form::integer_from(0)}, {"treatment", Form::integer_from(0)}});
}

/// The failed trials of both arms, of whatever counts them.
template <class Counted>
struct FailedTrialsCodec {
  static void write(const Counted& counted, CanonicalWriter& writer) {
    writer.begin_object();
    writer.member("control", counted.failed_control);
    writer.member("treatment", counted.failed_treatment);
    writer.end_object();
  }
  static void read(const Field& field, Counted& counted) {
    counted.failed_control = field.at("control").count();
    counted.failed_treatment = field.at("treatment").count();
  }
  static Form form() { return form_of_counts(); }
};

/// The trials of both arms in which a test could have failed a check.
struct ReportedTrialsCodec {
  static void write(const CheckResult& check, CanonicalWriter& writer) {
    writer.begin_object();
    writer.member("control", check.reported_control);
    writer.member("treatment", check.reported_treatment);
    writer.end_object();
  }
  static void read(const Field& field, CheckResult& check) {
    check.reported_control = field.at("control").count();
    check.reported_treatment = field.at("treatment").count();
  }
  static Form form() { return form_of_counts(); }
};
bool names_tests(const CheckResult& check) {
  return !check.tests.empty();
}

/// A statistic without a bound (a share of nothing) is no number of JSON's: it is null.
struct StatisticCodec {
  static void write(const double& statistic, CanonicalWriter& writer) {
    std::isfinite(statistic) ? writer.value(statistic) : writer.value(nullptr);
  }
  static void read(const Field& field, double& statistic) {
    statistic = field.number_or_null().value_or(std::numeric_limits<double>::infinity());
  }
  static Form form() { return Form::number().or_null(); }
};

/// An average of the suite is written as the metric's result that it is.
struct AverageCodec {
  static void write(const SuiteResult& suite, CanonicalWriter& writer) {
    Codec<MetricResult>::write(suite.average, writer);
  }
  static void read(const Field& field, SuiteResult& suite) { Codec<MetricResult>::read(field, suite.average); }
  static Form form() { return Codec<MetricResult>::form(); }
};

/// A diagnostic with its comparison, in the list of all.
struct PlacedDiagnostic {
  Diagnostic diagnostic;
  std::string workload;
  std::string state;
  std::string treatment;
};

std::vector<PlacedDiagnostic> all_diagnostics(const AttemptResult& result) {
  std::vector<PlacedDiagnostic> all;
  for (const Comparison& comparison : result.comparisons) {
    for (const Diagnostic& diagnostic : comparison.diagnostics) {
      all.push_back({diagnostic, comparison.cell.workload, comparison.cell.state, comparison.treatment.label});
    }
  }
  return all;
}

/// For readers who look for any flag. Each stands in its comparison, too, from where it is read.
struct AllDiagnosticsCodec {
  static void write(const AttemptResult& result, CanonicalWriter& writer) {
    Codec<std::vector<PlacedDiagnostic>>::write(all_diagnostics(result), writer);
  }
  static void read(const Field&, AttemptResult&) {}
  static Form form() { return Form::list_of(Codec<PlacedDiagnostic>::form().in_words("diagnostic")); }
};

const Design* design(const AttemptResult& result) {
  return &result.protocol.design;
}
const bool* true_if_anytime(const AttemptResult& result) {
  static constexpr bool kTrue = true;
  return looks_anytime(result.protocol) ? &kTrue : nullptr;
}

/// The plan says it; it is repeated for who reads only the result.
struct InnerCodec {
  static void write(const AttemptResult& result, CanonicalWriter& writer) {
    writer.begin_object();
    writer.member("statistic", to_string(result.protocol.inner_statistic));
    writer.member("trials", result.protocol.inner);
    writer.end_object();
  }
  static void read(const Field&, AttemptResult&) {}
  static Form form() {
    return Form::object_of({{"trials", Form::integer_from(2)}, {"statistic", Codec<InnerStatistic>::form()}});
  }
};
bool has_inner(const AttemptResult& result) {
  return result.protocol.inner > 1;
}

void require_primary(const Comparison& comparison, const Field& field) {
  if (comparison.metrics.empty()) field.at("metrics").fail("a comparison has its primary metric at least");
}

}  // namespace

template <>
const Description& description_of<Diagnostic>() {
  static const Description description =
      Object<Diagnostic>("diagnostic")
          .always<&Diagnostic::kind>("name", "see [diagnostics.md](../methods/diagnostics.md)")
          .always<&Diagnostic::flag>("flag", "whether a reader should know of it")
          .always<&Diagnostic::statistic, StatisticCodec>("statistic", "what was looked at; null: without a bound")
          .always<&Diagnostic::p>("p", "if a test was made", kShare)
          .always<&Diagnostic::note>("note", "one sentence; empty if not flagged");
  return description;
}

template <>
const Description& description_of<PlacedDiagnostic>() {
  static const Description description =
      Object<PlacedDiagnostic>("placed diagnostic")
          .always_in<&PlacedDiagnostic::diagnostic, &Diagnostic::kind>("name", "as in the comparison")
          .always_in<&PlacedDiagnostic::diagnostic, &Diagnostic::flag>("flag", "as in the comparison")
          .always_in<&PlacedDiagnostic::diagnostic, &Diagnostic::statistic, StatisticCodec>("statistic",
                                                                                            "as in the comparison")
          .always_in<&PlacedDiagnostic::diagnostic, &Diagnostic::p>("p", "as in the comparison", kShare)
          .always_in<&PlacedDiagnostic::diagnostic, &Diagnostic::note>("note", "as in the comparison")
          .always<&PlacedDiagnostic::workload>("workload", "of the comparison")
          .always<&PlacedDiagnostic::state>("state", "of the comparison")
          .always<&PlacedDiagnostic::treatment>("treatment", "label of its level");
  return description;
}

template <>
const Description& description_of<FailedTest>() {
  static const Description description =
      Object<FailedTest>("failed test")
          .always<&FailedTest::test>("test", "its name")
          .from_whole<FailedTrialsCodec<FailedTest>>("failed_trials", "trials that failed the check by this test");
  return description;
}

template <>
const Description& description_of<CheckResult>() {
  static const Description description =
      Object<CheckResult>("check result")
          .always<&CheckResult::name>("name", "of the check")
          .always<&CheckResult::passed>("passed", "whether treatment's trials passed it")
          .from_whole<FailedTrialsCodec<CheckResult>>("failed_trials", "trials that failed it")
          .always<&CheckResult::detail>("detail", "of the first failure")
          .unless_default<&CheckResult::tests>("tests", "the tests that failed it by failing")
          .from_whole_if<ReportedTrialsCodec, names_tests>(
              "reported_trials", "if there are such tests: the trials that ended well enough to be checked");
  return description;
}

template <>
const Description& description_of<QuickerMetric>() {
  static const Description description = Object<QuickerMetric>("quicker metric")
                                             .always<&QuickerMetric::metric>("metric", "its name")
                                             .always<&QuickerMetric::blocks>("blocks", "for the margin", kFromOne);
  return description;
}

template <>
const Description& description_of<Advice>() {
  static const Description description =
      Object<Advice>("advice")
          .always<&Advice::detectable_percent>("detectable_percent",
                                               "the smallest effect that these blocks show with the plan's power")
          .always<&Advice::blocks_needed>("blocks_needed", "for the margin", kFromOne)
          .always<&Advice::seconds_needed>("seconds_needed", "at this attempt's pace")
          .if_set<&Advice::step_percent>(
              "step_percent", "the values' step, if it is so coarse that no number of blocks is enough", kFromZero)
          .if_set<&Advice::quicker>("quicker", "another time that would decide in fewer blocks, by its noise alone");
  return description;
}

template <>
const Description& description_of<BudgetUse>() {
  static const Description description =
      Object<BudgetUse>("budget use")
          .always<&BudgetUse::part>("part", "of the budget")
          .always<&BudgetUse::standing>("standing", "whether it was kept; `untold`: not enough trials show it")
          .always<&BudgetUse::limit>("limit", "bytes, or CPUs")
          .always<&BudgetUse::used>("used", "the most of any trial, or the median of the trials for CPUs")
          .unless_default<&BudgetUse::untold_trials>("untold_trials", "trials for which it could not be measured",
                                                     kFromZero);
  return description;
}

template <>
const Description& description_of<Comparison>() {
  static const Description description =
      Object<Comparison>("comparison")
          .always_in<&Comparison::cell, &NamedCell::workload>("name", "of the workload")
          .always_in<&Comparison::cell, &NamedCell::state>("state", "its state")
          .always_in<&Comparison::treatment, &NamedArm::label>("treatment", "label of its level")
          .always_in<&Comparison::treatment, &NamedArm::index>("arm", "index of its level", kFromOne)
          .always<&Comparison::verdict>("verdict", "of this comparison")
          .always<&Comparison::reason>("verdict_reason", "why, where that is not plain")
          .always<&Comparison::decision>("decision", "of this comparison")
          .always<&Comparison::decision_reason>("reason", "why")
          .always<&Comparison::stop>("stop", "what ended its measuring")
          .always<&Comparison::blocks>("blocks", "complete ones, analysed", kFromZero)
          .unless_default<&Comparison::fresh_blocks>(
              "fresh_blocks",
              "those of them that were run to confirm a stop ([confirmation.md](../methods/confirmation.md))", kFromOne)
          .from_whole<FailedTrialsCodec<Comparison>>("failed_trials", "of blocks that are not void")
          .always<&Comparison::failure_p>("failure_p", "exact McNemar test, if any trial failed", kShare)
          .always<&Comparison::metrics>("metrics", "the primary one first, then guards, then observed ones",
                                        kAtLeastOneElement)
          .always<&Comparison::checks>("checks", "what each check found")
          .always<&Comparison::diagnostics>("diagnostics", "the conditions of its data")
          .unless_default<&Comparison::budget>(
              "budget", "what treatment took of the node's budget ([budgets.md](../methods/budgets.md))")
          .checked<require_primary>();
  return description;
}

template <>
const Description& description_of<AttemptResult>() {
  static const Description description =
      Object<AttemptResult>("result")
          .written_by<design>("design", "how the trials lay in time ([designs.md](../methods/designs.md))")
          .written_by<true_if_anytime>("anytime", "true if the evidence is that of [anytime.md](../methods/anytime.md)")
          .from_whole_if<InnerCodec, has_inner>("inner", "if a block held several trials of each arm")
          .always<&AttemptResult::verdict>("verdict", "over all comparisons")
          .always<&AttemptResult::reason>("verdict_reason",
                                          "why, where that is not plain ([verdict.md](../methods/verdict.md))")
          .always<&AttemptResult::decision>("decision", "what follows")
          .always<&AttemptResult::decision_reason>("reason",
                                                   "why ([what-keep-means.md](../methods/what-keep-means.md))")
          .always<&AttemptResult::stop>("stop",
                                        "what ended the measuring; of several comparisons, of the least decided one")
          .always<&AttemptResult::not_worse>("not_worse",
                                             "whether treatment is not worse by the margin in any comparison")
          .always<&AttemptResult::blocks>("blocks", "of all cells", kFromZero)
          .always<&AttemptResult::trials>("trials", "those started", kFromZero)
          .from_whole<FailedTrialsCodec<AttemptResult>>("failed_trials", "of blocks that are not void")
          .always<&AttemptResult::void_blocks>("void_blocks", "run again because a hook or a proof of the state failed",
                                               kFromZero)
          .unless_default<&AttemptResult::lost_blocks>(
              "lost_blocks",
              "broken off, or void, after a trial of them had started ([lost-blocks.md](../methods/lost-blocks.md))",
              kFromZero)
          .unless_default<&AttemptResult::changes>(
              "changes",
              "what earlier attempts at the hypothesis asked for otherwise ([attempts.md](../methods/attempts.md))")
          .always<&AttemptResult::comparisons>("workloads", "one for each cell and treatment")
          .always<&AttemptResult::suite, ListCodec<SuiteResult, AverageCodec>>(
              "suite", "the average over cells, one for each treatment, if that is the claim")
          .unless_default<&AttemptResult::searches>(
              "searches", "if levels race, one for each cell ([levels.md](../methods/levels.md))")
          .if_set<&AttemptResult::futile_chance>(
              "futile_chance",
              "of deciding anything by the cap, if that stopped it ([futility.md](../methods/futility.md))", kShare)
          .if_set<&AttemptResult::challenge>("challenge",
                                             "if a claim was measured again: its grade ([record.md](record.md))")
          .unless_default<&AttemptResult::own_inputs>(
              "own_inputs",
              "what the claim comes to on inputs of the challenger's own, and in cold states of its workload")
          .always<&AttemptResult::audit>("audit", "what was found to differ between the arms")
          .from_whole<AllDiagnosticsCodec>("diagnostics",
                                           "of all comparisons, each with its workload, state and "
                                           "treatment")
          .always<&AttemptResult::advice>(
              "advice", "what it takes to decide what is inconclusive or waits for a guard; otherwise null");
  return description;
}

}  // namespace assay::formats
