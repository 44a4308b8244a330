#include "experiments/cli/output.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/process/standard_streams.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/formats/printed_json.hpp"
#include "experiments/report/exports/export_formats.hpp"

namespace assay::cli {
namespace {

using host::StandardStream;
using report::TextStyle;

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// The locale's character set by the names POSIX looks at, without setlocale: the program's own numbers stay as they
/// are in C.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    std::string locale = environment_value(name);
    if (locale.empty()) continue;
    std::transform(locale.begin(), locale.end(), locale.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

bool applies(When when, bool automatic) {
  return when == When::automatic ? automatic : when == When::always;
}

TextStyle style_for(const Terminal& terminal, const OutputOptions& options, bool is_terminal) {
  TextStyle style;
  style.colour = applies(options.colour, is_terminal && !terminal.dumb && !terminal.no_colour);
  style.unicode = is_terminal && terminal.utf8 && !terminal.dumb;
  style.breaks_sentences = is_terminal;
  style.width = is_terminal ? terminal.width : 80;
  return style;
}

ExportRequest read_request(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw Error(fmt::format("{}: expected FORMAT=FILE, for example hyperfine=trials.json", in_quotes(text)));
  }
  return {&report::export_format(text.substr(0, equals)), text.substr(equals + 1)};
}

/// "hyperfine=" and so on: the file's name follows.
std::vector<std::string> names_of_formats() {
  std::vector<std::string> names;
  for (const interop::ExportFormat& format : report::export_formats()) names.push_back(std::string(format.name) + '=');
  return names;
}

}  // namespace

void print_output(std::string_view text) {
  static bool is_abandoned = false;  // its reader has gone, as in `assay run ... | head -1`
  if (is_abandoned) return;
  errno = 0;
  const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  is_abandoned = !written && errno == EPIPE;
  if (!written && !is_abandoned)
    throw Error(fmt::format("standard output does not take the result: {}", std::strerror(errno)));
}

void print_remark(std::string_view line) {
  std::fputs((printable(line) + '\n').c_str(), stderr);
}

void print_json(const nlohmann::json& value) {
  print_output(formats::printed_json(value));
}

Terminal read_terminal() {
  Terminal terminal;
  terminal.output_is_terminal = host::is_terminal(StandardStream::output);
  terminal.error_is_terminal = host::is_terminal(StandardStream::error);
  const std::optional<int> output_width = host::terminal_width(StandardStream::output);
  const std::optional<int> error_width = host::terminal_width(StandardStream::error);
  terminal.width = output_width.value_or(error_width.value_or(80));
  terminal.utf8 = locale_is_utf8();
  const std::string kind = environment_value("TERM");
  terminal.dumb = kind.empty() || kind == "dumb";
  terminal.no_colour = !environment_value("NO_COLOR").empty();
  return terminal;
}

TextStyle output_style(const Terminal& terminal, const OutputOptions& options) {
  return style_for(terminal, options, terminal.output_is_terminal);
}

TextStyle error_style(const Terminal& terminal, const OutputOptions& options) {
  return style_for(terminal, options, terminal.error_is_terminal);
}

ProgressMode progress_mode(const Terminal& terminal, const OutputOptions& options) {
  if (options.quiet || options.progress == When::never) return ProgressMode::silent;
  const bool line = applies(options.progress, terminal.error_is_terminal && !terminal.dumb);
  return line ? ProgressMode::line : ProgressMode::plain;
}

void add_export_request(ExportRequest request, ExportOptions& options) {
  check_output_file(request.file);
  const auto same = std::find_if(options.requests.begin(), options.requests.end(),
                                 [&](const ExportRequest& other) { return other.file == request.file; });
  if (same != options.requests.end()) {
    throw Error(fmt::format("{} is named twice, and the second would replace the first", in_quotes(request.file)));
  }
  options.requests.push_back(std::move(request));
}

void add_export_option(CommandLine& line, ExportOptions& options) {
  line.option("export",
              {"FORMAT=FILE",
               "also write the trials as a file of another tool, such as hyperfine=trials.json; - writes to standard "
               "output; may be given several times"},
              offering(names_of_formats(),
                       {Arity::many,
                        [&options](const std::string& text) { add_export_request(read_request(text), options); }, ""}));
}

void check_output_file(const std::string& file) {
  if (file != "-") host::check_writable(file);
}

void refuse_two_on_standard_output(const ExportOptions& exports, const OutputOptions& output) {
  const bool exports_there = std::any_of(exports.requests.begin(), exports.requests.end(),
                                         [](const ExportRequest& request) { return request.file == "-"; });
  if (output.json && exports_there) throw Error("--json and an export to - would both write to standard output");
}

void write_exports(const ExportOptions& options, const interop::AttemptView& attempt) {
  for (const ExportRequest& request : options.requests) {
    const std::string text = for_option("--export", [&] { return request.format->text_of(attempt); });
    if (request.file == "-") {
      print_output(text);
    } else {
      host::write_file_atomically(request.file, text);
    }
  }
}

void refuse_exports(const ExportOptions& options, std::string_view why) {
  if (!options.requests.empty()) throw Error(fmt::format("--export writes the result of one attempt{}", why));
}

}  // namespace assay::cli
