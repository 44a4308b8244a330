#pragma once

#include <optional>
#include <vector>

#include "experiments/screen/analysing/analyse_options.hpp"
#include "experiments/screen/exit_code.hpp"

namespace assay::screen {

/// For a file that is of no format that is read. \throws Error if that is because it is empty, or holds no text.
void refuse_what_is_no_text(const GivenText& given);

/// Compares the benchmarks of one file of another tool, or of two.
/// \param line  as it was parsed: options that such a comparison does not use are refused
/// \return nothing if the first file is of no known format and none was named: then it is for others to read.
[[nodiscard]] std::optional<ExitCode> analyse_samples(const std::vector<GivenText>& files, const CommandLine& line,
                                                      const AnalyseOptions& options);

/// Compares a column of values of each of the two files. \throws Error
[[nodiscard]] ExitCode analyse_unpaired(const AnalyseOptions& options);

}  // namespace assay::screen
