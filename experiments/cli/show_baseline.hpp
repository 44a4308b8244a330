#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/campaign/stored_baseline.hpp"
#include "experiments/cli/options.hpp"

namespace assay::cli {

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

}  // namespace assay::cli
