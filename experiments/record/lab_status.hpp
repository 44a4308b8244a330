#pragma once

#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "core/date.hpp"
#include "experiments/cli/swapped_files.hpp"
#include "experiments/record/hypotheses.hpp"
#include "experiments/record/questions.hpp"
#include "experiments/record/targets.hpp"

namespace assay::cli {

/// A target with what was measured last, of the arm that stands after that decision.
struct TargetReading {
  record::TargetStanding standing;
  std::optional<double> limit;  ///< in force today; nothing: none
  bool overdue = false;         ///< relaxed for longer than was granted
  std::optional<double> figure;
  std::string measured_in;  ///< name of the record
};

/// How a lab stands on a day.
struct LabStatus {
  std::string root;
  Date today;
  std::vector<record::RecordSummary> records;
  std::vector<record::HypothesisStanding> hypotheses;
  std::vector<std::string> open_attempts;  ///< names of experiments that were interrupted on this machine
  std::vector<SwappedFile> swapped_files;
  std::vector<TargetReading> targets;
  std::vector<record::OpenQuestion> questions;
};
/// \throws Error when a record or the journal cannot be read.
[[nodiscard]] LabStatus read_status(const record::Lab& lab, Date today);

/// Tried, and neither decided for good nor spent.
[[nodiscard]] bool may_be_tried_again(const record::HypothesisStanding& standing);
/// The same, and its last attempt was not even discarded.
[[nodiscard]] bool is_undecided(const record::HypothesisStanding& standing);
/// Something is relaxed, undecided, interrupted, left swapped, or a question is open past its day.
[[nodiscard]] bool needs_attention(const LabStatus& status);

[[nodiscard]] nlohmann::json status_json(const LabStatus& status);
[[nodiscard]] std::string status_text(const LabStatus& status);

}  // namespace assay::cli
