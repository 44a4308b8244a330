#include "experiments/screen/analysing/analyse_samples.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "experiments/interop/imports/sample_comparison.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/interop/unpaired_shares.hpp"
#include "experiments/report/interop/sample_text.hpp"
#include "experiments/report/interop/unpaired_text.hpp"

namespace assay::screen {
namespace {

using interop::ImportedFile;

std::optional<ImportedFile> import_given(const GivenText& given, const AnalyseOptions& options) {
  const std::optional<std::string>& format = options.format;
  return interop::import_file(given.text, given.name, format ? std::optional<std::string_view>(*format) : std::nullopt,
                              options.digits);
}

double alpha_of(const AnalyseOptions& options) {
  return definition::settled_protocol(options.protocol, std::nullopt).alpha;
}

interop::SampleQuestion sample_question(const AnalyseOptions& options) {
  const interop::ArmColumns defaults;
  interop::SampleQuestion question{
      .metric = options.metric, .alpha = alpha_of(options), .seed = options.protocol.seed.value_or(Seed{0})};
  if (options.columns.control != defaults.control) question.control = options.columns.control;
  if (options.columns.treatment != defaults.treatment) question.treatment = options.columns.treatment;
  return question;
}

/// One trial in each row, whatever else the rows hold.
std::vector<double> read_values(const AnalyseOptions& options, const std::string& file) {
  const GivenText given = read_given(file);
  try {
    const interop::TraceColumns columns{.value = options.column, .group = std::nullopt};
    return interop::read_trace_csv(given.text, given.name, columns, csv_form(options)).groups.front();
  } catch (const interop::NoSuchColumn& error) {
    throw Error(fmt::format("{}; choose one with --column", error.what()));
  }
}

void print_samples(const OutputOptions& output, const nlohmann::json& document, const std::string& text) {
  if (output.json) {
    print_json(document);
  } else {
    print_output(output.quiet ? text.substr(0, text.find('\n') + 1) : text);
  }
}

interop::UnpairedShares compare_shares(const interop::UnpairedValues& values,
                                       const interop::UnpairedQuestion& question) {
  try {
    return compare_unpaired_shares(values, question);
  } catch (const interop::ShareInsideTrial& error) {
    throw Error(fmt::format("{}; a share that was counted inside a trial is --kind difference", error.what()));
  }
}

}  // namespace

void refuse_what_is_no_text(const GivenText& given) {
  if (given.text.find_first_not_of(" \t\r\n") == std::string::npos) throw Error("it is empty").within(given.name);
  if (given.text.find('\0') != std::string::npos) {
    throw Error("it is no text: unpack it, or save it as UTF-8").within(given.name);
  }
}

std::optional<ExitCode> analyse_samples(const std::vector<GivenText>& files, const CommandLine& line,
                                        const AnalyseOptions& options) {
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
  refuse_unused_options(line, AnalyseSubject::tool_files);
  if (files.size() == 2 && (line.was_given("control") || line.was_given("treatment"))) {
    throw Error("--control and --treatment name benchmarks of one file: with two files, the names are matched");
  }
  const interop::ComparedFiles compared = interop::compare_files(imported, sample_question(options));
  print_samples(options.output, report::sample_json(compared), report::sample_text(compared, options.result.time_unit));
  // Figures that were asked for and could not be had are no success.
  return interop::has_figures(compared) ? ExitCode::ok : ExitCode::error;
}

ExitCode analyse_unpaired(const AnalyseOptions& options) {
  const interop::UnpairedQuestion question{
      .metric = metric_of(options), .alpha = alpha_of(options), .seed = options.protocol.seed.value_or(Seed{0})};
  const interop::UnpairedValues values{.control = read_values(options, options.files[0]),
                                       .treatment = read_values(options, options.files[1])};
  if (options.kind == MetricKind::proportion) {
    const auto shares = for_option("--unpaired", [&] { return compare_shares(values, question); });
    print_samples(options.output, report::unpaired_shares_json(shares, question),
                  report::unpaired_shares_text(shares, question));
  } else {
    const auto result = for_option("--unpaired", [&] { return compare_unpaired(values, question); });
    print_samples(options.output, report::unpaired_json(result, question),
                  report::unpaired_text(result, question, options.result.time_unit));
  }
  return ExitCode::ok;
}

}  // namespace assay::screen
