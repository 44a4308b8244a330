#include "experiments/screen/export_options.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/report/exports/export_formats.hpp"

namespace assay::screen {
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
  request.destination = std::make_shared<const host::OutputDestination>(output_destination(request.file));
  const auto same = std::find_if(options.requests.begin(), options.requests.end(), [&](const ExportRequest& other) {
    return other.destination->place() == request.destination->place();
  });
  if (same != options.requests.end()) {
    const std::string also =
        same->file == request.file ? "" : fmt::format(" (the other time as {})", in_quotes(same->file));
    throw Error(
        fmt::format("{} is named twice{}, and the second would replace the first", in_quotes(request.file), also));
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

void refuse_lab_folder(const std::string& path) {
  const std::filesystem::path place = host::absolute_path(path);
  if (std::find(place.begin(), place.end(), ".assay") == place.end()) return;
  throw Error(fmt::format("{} lies in a lab's folder .assay, where only assay writes: choose another place", path));
}

host::OutputDestination output_destination(const std::string& file) {
  host::OutputDestination destination(file);
  if (!destination.is_replaced()) return destination;
  refuse_lab_folder(destination.place());
  if (destination.place() == host::place_of_standard_output()) {
    throw Error(
        fmt::format("standard output goes to {}, too, which would be replaced: choose another file, or -", file));
  }
  return destination;
}

void write_to(const host::OutputDestination& destination, const std::string& text) {
  if (destination.is_standard_output()) {
    print_output(text);
  } else {
    destination.write(text);
  }
}

bool uses_standard_output(const ExportOptions& options) {
  return std::any_of(options.requests.begin(), options.requests.end(), [](const ExportRequest& request) {
    return request.destination->place() == host::place_of_standard_output();
  });
}

void refuse_two_on_standard_output(const ExportOptions& exports, const OutputOptions& output) {
  if (output.json && uses_standard_output(exports)) {
    throw Error("--json and an export to - would both write to standard output");
  }
}

void write_exports(const ExportOptions& options, const interop::AttemptView& attempt) {
  for (const ExportRequest& request : options.requests) {
    const std::string text = for_option("--export", [&] { return request.format->text_of(attempt); });
    write_to(*request.destination, text);
  }
}

void refuse_exports(const ExportOptions& options, std::string_view why) {
  if (!options.requests.empty()) throw Error(fmt::format("--export writes the result of one attempt{}", why));
}

}  // namespace assay::screen
