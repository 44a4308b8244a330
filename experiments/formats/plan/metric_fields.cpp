#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {

template <>
const Description& description_of<Metric>() {
  static const Description description =
      Object<Metric>("metric")
          .always<&Metric::name>("name", "what people call it; unique in the plan")
          .always<&Metric::unit>("unit", "the unit of its values")
          .always<&Metric::direction>("direction", "which values are better")
          .always<&Metric::kind>("kind", "how arms are compared")
          .always<&Metric::role>("role", "whether it decides, vetoes, or is only shown")
          .if_set<&Metric::margin>("margin_percent", "the smallest effect worth acting on; points for a proportion")
          .always<&Metric::margin_is_default>("margin_is_default", "true if the user did not state the margin")
          .always<&Metric::source>("source",
                                   "a built-in metric's name, or `json:`, `regex:`, `file-size:` or `spans:` "
                                   "and what follows it")
          .always<&Metric::workloads>("workloads", "the workloads in which it is measured; empty: all")
          .if_set<&Metric::statistic>("statistic", "what makes one value of the many that a trial reports")
          .if_set<&Metric::digits>("digits", "how numbers are written, shown for 1234.5")
          .unless_default<&Metric::stream>("stream", "the text in which `json:` and `regex:` look")
          .unless_default<&Metric::when_unavailable>("when_unavailable",
                                                     "what to do with a guard that cannot be measured");
  return description;
}

template <>
const Description& description_of<Target>() {
  static const Description description =
      Object<Target>("target")
          .always<&Target::workload>("workload", "the workload that it is about")
          .always<&Target::state>("state", "and the state of that workload")
          .always<&Target::metric>("metric", "the metric that has a limit")
          .always<&Target::statistic>("statistic", "the figure of the measured trials that has the limit")
          .always<&Target::bound>("bound", "the side on which the figure must be")
          .always<&Target::limit>("limit", "in `unit`; the limit itself is fine")
          .always<&Target::unit>("unit", "the metric's unit")
          .unless_default<&Target::stages>("stages", "limits on the way to `limit`, the loosest first")
          .unless_default<&Target::best_effort>("best_effort", "why nothing depends on it")
          .unless_default<&Target::attribution>("attribution",
                                                "SHA-256 of the record whose phases it was derived from");
  return description;
}

}  // namespace assay::formats
