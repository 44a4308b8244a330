#pragma once

#include "experiments/definition/options/comparison.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

/// The options of `assay compare`.
struct CompareOptions {
  definition::ComparisonOptions comparison;
  ExportOptions exports;  ///< --export, and --export-json FILE for --export hyperfine=FILE
  bool record = false;
  attempt::RunOptions running;
  OutputOptions output;
  ResultOptions result;
  std::string word_after_shell;  ///< the word after `-S` that was taken for a command and not for a shell
};

[[nodiscard]] CommandLine compare_command_line(CompareOptions& options);

/// hyperfine's -P takes three words and -L two. Makes one of them, so that every option takes one word.
/// \throws Error if words are missing.
[[nodiscard]] Arguments with_joined_parameters(const Arguments& arguments);

}  // namespace assay::screen
