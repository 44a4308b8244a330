#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/files/output_destination.hpp"
#include "experiments/interop/exports/export_formats.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {

/// One file to write for another tool.
struct ExportRequest {
  const interop::ExportFormat* format = nullptr;
  std::string file;  ///< as it was given; "-" is standard output
  std::shared_ptr<const host::OutputDestination> destination = {};
};

/// --export FORMAT=FILE, as often as it is given: for commands that show the result of one attempt.
struct ExportOptions {
  std::vector<ExportRequest> requests;
};
void add_export_option(CommandLine& line, ExportOptions& options);
/// Before anything is measured. \throws Error as `output_destination`, and if another request leads to the same place.
void add_export_request(ExportRequest request, ExportOptions& options);

/// Where a file that a user names is to be written; "-" is standard output. To be made before anything is measured.
/// \throws Error if it could not be written, if only assay writes there (a lab's folder .assay), or if standard output
/// goes to the same file.
[[nodiscard]] host::OutputDestination output_destination(const std::string& file);
/// \throws Error if the file or folder lies in a lab's folder .assay, where only assay writes.
void refuse_lab_folder(const std::string& path);
/// \throws Error
void write_to(const host::OutputDestination& destination, const std::string& text);
/// Whether one of the exports goes to standard output.
[[nodiscard]] bool uses_standard_output(const ExportOptions& options);
/// \throws Error if JSON and an export would both go to standard output.
void refuse_two_on_standard_output(const ExportOptions& exports, const OutputOptions& output);

/// Writes the files, each atomically. \throws Error if a format cannot hold the attempt, or a file cannot be written.
void write_exports(const ExportOptions& options, const interop::AttemptView& attempt);

/// \throws Error if exports are asked for; `why` completes "--export writes the result of one attempt".
void refuse_exports(const ExportOptions& options, std::string_view why);

}  // namespace assay::screen
