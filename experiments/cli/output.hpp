#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/cli/command_line.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/interop/exports/export_formats.hpp"
#include "experiments/report/text.hpp"

namespace assay::cli {

/// Writes all of the text to standard output. \throws Error if that fails (closed, disk full).
void print_output(std::string_view text);
/// Writes one line to standard error, made safe for a terminal. If that fails, the line is lost: a remark is not a
/// reason to stop. fmt::print would throw.
void print_remark(std::string_view line);
/// Writes one JSON value, indented, with a newline. \throws Error as `print_output` does.
void print_json(const nlohmann::json& value);

/// What is known about the terminal that text is printed to.
struct Terminal {
  bool output_is_terminal = false;  ///< standard output
  bool error_is_terminal = false;   ///< standard error
  int width = 80;                   ///< columns of whichever of the two is a terminal
  bool utf8 = false;                ///< by LC_ALL, LC_CTYPE, LANG, in this order
  bool dumb = false;                ///< TERM is "dumb", empty or absent
  bool no_colour = false;           ///< NO_COLOR is set and not empty (https://no-color.org)
};

/// Asks the kernel and the environment.
[[nodiscard]] Terminal read_terminal();

/// The style of results on standard output.
[[nodiscard]] report::TextStyle output_style(const Terminal& terminal, const OutputOptions& options);

/// How progress is shown on standard error.
enum class ProgressMode {
  line,    ///< one line, redrawn
  plain,   ///< a line of its own at each look
  silent,  ///< nothing
};
[[nodiscard]] ProgressMode progress_mode(const Terminal& terminal, const OutputOptions& options);
[[nodiscard]] report::TextStyle error_style(const Terminal& terminal, const OutputOptions& options);

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
