#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/text/written_number.hpp"
#include "experiments/cli/console.hpp"
#include "experiments/interop/imports/sample_comparison.hpp"

namespace assay::cli {

/// What `analyse` is told about files of other tools.
struct SampleOptions {
  std::optional<std::string> format = {};  ///< empty: told by the file
  std::optional<NumberForm> digits = {};   ///< how numbers are written; empty: told by the file
  interop::SampleQuestion question = {};
};

/// A file as it was given.
struct GivenText {
  std::string text;
  std::string name;  ///< for messages
};

/// For a file that is of no format that is read. \throws Error if that is because it is empty, or holds no text.
void refuse_what_is_no_text(const GivenText& given);

/// Compares the benchmarks of one file of another tool, or of two.
/// \return nothing if the first file is of no known format and none was named: then it is for others to read.
[[nodiscard]] std::optional<ExitCode> analyse_samples(const std::vector<GivenText>& files, const SampleOptions& options,
                                                      const OutputOptions& output, std::string_view time_unit);

}  // namespace assay::cli
