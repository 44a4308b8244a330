#include "experiments/cli/export_options.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/output.hpp"

namespace assay::cli {
namespace {

ExportRequest read_request(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw Error(fmt::format("{}: expected FORMAT=FILE, for example hyperfine=trials.json", in_quotes(text)));
  }
  return {&interop::export_format(text.substr(0, equals)), text.substr(equals + 1)};
}

}  // namespace

void add_export_option(CommandLine& line, ExportOptions& options) {
  line.option(
      "export",
      {"FORMAT=FILE",
       "also write the trials as a file of another tool, such as hyperfine=trials.json; - writes to standard "
       "output; may be given several times"},
      {Arity::many, [&options](const std::string& text) { options.requests.push_back(read_request(text)); }, ""});
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
