#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "core/record/record.hpp"
#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

/// What is shown of a baseline.
enum class BaselinePart {
  figures,  ///< medians, spreads, intervals, failures, timeouts
  phases,   ///< where the time goes
};

/// Prints a baseline as text or JSON. \param command  "baseline" or "show"
void print_baseline(const campaign::FiledBaseline& baseline, BaselinePart part, const OutputOptions& output,
                    const std::string& command);

/// The object that `print_baseline` prints.
[[nodiscard]] nlohmann::json baseline_json(const campaign::FiledBaseline& baseline, const std::string& command);

/// Prints how the second baseline differs from the first.
/// \throws Error as `campaign::change_between` does.
void print_baseline_change(const campaign::FiledBaseline& before, const campaign::FiledBaseline& after,
                           const OutputOptions& output);

/// Prints where the time of each arm of an attempt goes, and how much of the difference to control each phase carries.
void print_arm_phases(const Record& record, const OutputOptions& output);

/// Prints how much of the difference from one arm to each of the others every phase carries.
/// \param label  of the arm that the others are held against \throws Error as `campaign::changes_from` does.
void print_arm_changes(const Record& record, const std::string& label, const OutputOptions& output);

}  // namespace assay::screen
