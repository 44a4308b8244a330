#include "experiments/cli/commands/measuring/analyse_samples.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/cli/console.hpp"
#include "experiments/interop/imports/sample_comparison.hpp"
#include "experiments/report/interop/sample_text.hpp"

namespace assay::cli {
namespace {

using interop::ImportedFile;

std::optional<ImportedFile> import_given(const GivenText& given, const SampleOptions& options) {
  const std::optional<std::string>& format = options.format;
  return interop::import_file(given.text, given.name, format ? std::optional<std::string_view>(*format) : std::nullopt,
                              options.digits);
}

}  // namespace

void refuse_what_is_no_text(const GivenText& given) {
  if (given.text.find_first_not_of(" \t\r\n") == std::string::npos) throw Error("it is empty").within(given.name);
  if (given.text.find('\0') != std::string::npos) {
    throw Error("it is no text: unpack it, or save it as UTF-8").within(given.name);
  }
}

std::optional<ExitCode> analyse_samples(const std::vector<GivenText>& files, const SampleOptions& options,
                                        const OutputOptions& output, std::string_view time_unit) {
  std::vector<ImportedFile> imported;
  for (const GivenText& given : files) {
    std::optional<ImportedFile> file = import_given(given, options);
    if (!file && imported.empty()) return std::nullopt;
    if (!file) {
      refuse_what_is_no_text(given);
      throw Error(fmt::format("{} is a file of {}, and this is of no format that is read: name it with --format",
                              files.front().name, imported.front().format->name))
          .within(given.name);
    }
    imported.push_back(std::move(*file));
  }
  if (files.size() == 2 && (options.question.control || options.question.treatment)) {
    throw Error("--control and --treatment name benchmarks of one file: with two files, the names are matched");
  }
  const interop::ComparedFiles compared = interop::compare_files(imported, options.question);
  if (output.json) {
    print_json(report::sample_json(compared));
  } else {
    const std::string text = report::sample_text(compared, time_unit);
    print_output(output.quiet ? text.substr(0, text.find('\n') + 1) : text);
  }
  // Figures that were asked for and could not be had are no success.
  return interop::has_figures(compared) ? ExitCode::ok : ExitCode::error;
}

}  // namespace assay::cli
