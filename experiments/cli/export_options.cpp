#include "experiments/cli/export_options.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/exports/export_formats.hpp"

namespace assay::cli {
namespace {

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
