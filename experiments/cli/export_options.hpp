#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiments/cli/console.hpp"
#include "experiments/interop/exports/export_formats.hpp"

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
/// Before anything is measured. \throws Error if the file could not be written in the end, or is named already.
void add_export_request(ExportRequest request, ExportOptions& options);

/// \throws Error if the file could not be written: a folder that is missing, or that refuses. "-" is standard output.
void check_output_file(const std::string& file);
/// \throws Error if JSON and an export would both go to standard output.
void refuse_two_on_standard_output(const ExportOptions& exports, const OutputOptions& output);

/// Writes the files, each atomically. \throws Error if a format cannot hold the attempt, or a file cannot be written.
void write_exports(const ExportOptions& options, const interop::AttemptView& attempt);

/// \throws Error if exports are asked for; `why` completes "--export writes the result of one attempt".
void refuse_exports(const ExportOptions& options, std::string_view why);

}  // namespace assay::cli
