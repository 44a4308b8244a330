#pragma once

#include <string>
#include <variant>

#include "core/record/entry.hpp"
#include "core/record/refusal.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/record/record_summary.hpp"

namespace assay::campaign {

/// What is to be measured against which baseline.
struct GainRequest {
  record::RecordSummary baseline;
  std::string revision = "HEAD";  ///< as the user wrote it
  attempt::RunOptions running;
};

/// A cumulative gain in the lab's chain.
struct MeasuredGain {
  Entry entry;  ///< whose content is a gain
  std::string sha256;
  attempt::Outcome outcome;
};
using GainEnding = std::variant<MeasuredGain, attempt::Interrupted, Refusal>;

/// Measures a revision against that of a baseline, in turns, by the protocol of the experiment: every workload in every
/// state, each arm in a clone of its own, with what control's level says and nothing of the variable set. If there are
/// several cells, their average is judged, unless the file says what they claim together. The samples are an
/// exploratory attempt in the lab; the gain names them, and what the effects of the changes that were adopted meanwhile
/// multiply to. docs/methods/pipeline.md \throws Error if the record is no baseline of this experiment, its revision is
/// unknown or gone, or nothing has changed since; Error (refused) if it was measured in another environment.
[[nodiscard]] GainEnding measure_gain(const attempt::ExperimentFile& experiment, const GainRequest& request,
                                      attempt::Observer& observer);

}  // namespace assay::campaign
