#pragma once

#include "experiments/screen/analysing/analyse_options.hpp"
#include "experiments/screen/exit_code.hpp"

namespace assay::screen {

/// Judges the pairs of values of one file, and shows the result. \throws Error
[[nodiscard]] ExitCode analyse_pairs(const AnalyseOptions& options, const GivenText& given);

/// Judges every file of pairs in the folder of --batch: a line for each. \throws Error if the folder cannot be read.
[[nodiscard]] ExitCode analyse_folder(const AnalyseOptions& options);

}  // namespace assay::screen
