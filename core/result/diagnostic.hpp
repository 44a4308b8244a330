#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// The conditions of the data that are looked for (docs/methods/diagnostics.md).
enum class DiagnosticKind {
  order_effect,
  cpu_effect,  ///< of a duet, instead of an order effect
  drift,
  unstable,
  autocorrelation,
  modes,
  asymmetry,
  resolution,
  void_blocks,    ///< blocks were run again
  left_running,   ///< processes outlived trials
  varies,         ///< a metric that was declared deterministic is not
  fractions,      ///< a yes or no per trial turned out to be a fraction
  unreadable,     ///< a metric gave a value that cannot be compared
  zero_baseline,  ///< control's median is 0, so that a margin in percent forgives nothing
  steady_state,
  confirmation,      ///< fewer fresh blocks were run than planned
  outside_clock,     ///< treatment does more outside the clock than control
  stopped,           ///< signals stopped trials
  wall_rises,        ///< a time that the program states fell, and the wall time rose
  one_order,         ///< every block had the same order, so that its effect cannot be told from that of the arms
  last_look_only,    ///< the interval rests on the last look, since it contradicts those before it
  first_warm_up,     ///< treatment's first warm-up took longer than all of its trials, and control's did not
  lost_blocks,       ///< blocks were lost after a trial of them had started, and tests take them at their worst
  failed_concludes,  ///< conclude hooks failed, and were run once more
  unannounced,       ///< trials that nothing announced contradict those that were measured
  fresh_start,       ///< what a run in a fresh place says of a slow first warm-up
  node_effects,      ///< the change does not do the same on all nodes of a cluster
  memory_pressure,   ///< memory ran out, was swapped, or everything waited for it while trials ran
  confounded,        ///< a metric that the change cannot touch moved beyond its margin
  work_elsewhere,    ///< beside treatment's trials the machine works more than beside control's
};

/// A condition of the data that a reader should know. Only those that the table of docs/methods/diagnostics.md names
/// may change a verdict.
struct Diagnostic {
  DiagnosticKind kind = DiagnosticKind::order_effect;
  bool flag = false;
  double statistic = 0;
  std::optional<double> p = {};
  std::string note = {};  ///< one sentence for people; empty if not flagged
  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

template <>
struct EnumNames<DiagnosticKind> {
  static constexpr std::array<std::string_view, 30> values = {
      "order-effect", "cpu-effect",    "drift",          "unstable",        "autocorrelation", "modes",
      "asymmetry",    "resolution",    "void-blocks",    "left-running",    "varies",          "fractions",
      "unreadable",   "zero-baseline", "steady-state",   "confirmation",    "outside-clock",   "stopped",
      "wall-rises",   "one-order",     "last-look-only", "first-warm-up",   "lost-blocks",     "failed-concludes",
      "unannounced",  "fresh-start",   "node-effects",   "memory-pressure", "confounded",      "work-elsewhere"};
};

}  // namespace assay
