#pragma once

#include <string>

#include "experiments/attempt/experiment.hpp"
#include "experiments/record/lab.hpp"

namespace assay::screen {

// What commands read before they act: the experiment file, the lab, and texts that people gave.

/// Reads an experiment file, and says on standard error if a file got its original content back.
/// \throws Error as `attempt::read_experiment` does, in the words of the command line.
[[nodiscard]] attempt::ExperimentFile read_experiment(const std::string& file, const attempt::FileOverrides& overrides);

/// The lab above the experiment's folder, else above the current one. \throws Error that names assay init.
[[nodiscard]] record::Lab lab_of(const attempt::ExperimentFile& experiment);

/// The lab of the working directory or the nearest above it. \throws Error that names assay init.
[[nodiscard]] record::Lab lab_here();

/// A text that a person gave, as one line of valid UTF-8. \throws Error that names the option if the text is empty.
[[nodiscard]] std::string given_text(const std::string& option, const std::string& text);
/// A day that is not past. \throws Error that names the option.
[[nodiscard]] std::string given_day(const std::string& option, const std::string& text);

}  // namespace assay::screen
