#pragma once

#include <string>
#include <vector>

#include "experiments/cli/command_line.hpp"
#include "experiments/interop/export_formats.hpp"

namespace assay::cli {

/// One file to write for another tool.
struct ExportRequest {
  const interop::ExportFormat* format = nullptr;
  std::string file;  ///< "-" is standard output
};

/// --export FORMAT=FILE, as often as it is given: for commands that show the result of one attempt.
struct ExportOptions {
  std::vector<ExportRequest> requests;
};
void add_export_option(CommandLine& line, ExportOptions& options);

/// Writes the files, each atomically. \throws Error if a format cannot hold the attempt, or a file cannot be written.
void write_exports(const ExportOptions& options, const interop::AttemptView& attempt);

/// \throws Error if exports are asked for; `why` completes "--export writes the result of one attempt".
void refuse_exports(const ExportOptions& options, std::string_view why);

}  // namespace assay::cli
