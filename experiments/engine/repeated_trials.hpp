#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/result/audit_result.hpp"

namespace assay::engine {

/// Trials of each arm that have to agree before anybody is accused by them: a check that fails now and then would
/// otherwise accuse an honest change by chance.
inline constexpr int kRepetitions = 3;

/// How one arm came out in several trials under the same conditions.
struct RepeatedTrials {
  int trials = 0;
  int failed = 0;
  std::string failure = {};  ///< how the first one failed that did: "check right failed"
  friend bool operator==(const RepeatedTrials&, const RepeatedTrials&) = default;
};
[[nodiscard]] bool failed_always(const RepeatedTrials& trials);
[[nodiscard]] bool failed_never(const RepeatedTrials& trials);
/// "check right failed", "check right failed in 1 of 3 trials"; empty if none failed.
[[nodiscard]] std::string outcome_of(const RepeatedTrials& trials);

/// Runs one trial. \returns how it failed; std::nullopt if it passed.
using OneTrial = std::function<std::optional<std::string>()>;
/// Runs `kRepetitions` trials.
[[nodiscard]] RepeatedTrials repeated(const OneTrial& trial);
/// The same, but ends with the first trial that passes.
[[nodiscard]] RepeatedTrials repeated_until_one_passes(const OneTrial& trial);

/// What the arms showed with a fault in them, and control without it.
struct PlantedTrials {
  RepeatedTrials control;
  RepeatedTrials treatment;
  RepeatedTrials sound;  ///< control without the fault; no trials: nobody asked
};
/// Says in `tried` what these trials show. Control catches the fault if every trial with it fails, and none without it;
/// treatment catches it if any trial fails. A control that now catches it and now does not shows nothing.
void judge(const PlantedTrials& trials, TriedPlant& tried);

}  // namespace assay::engine
