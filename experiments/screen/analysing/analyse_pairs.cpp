#include "experiments/screen/analysing/analyse_pairs.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <variant>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/design/value_plan.hpp"
#include "experiments/interop/pair_folder.hpp"
#include "experiments/interop/readings.hpp"
#include "experiments/interop/replay.hpp"
#include "experiments/report/interop/batch_text.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/noise_options.hpp"

namespace assay::screen {
namespace {

std::vector<design::ValuePair> read_pairs(const AnalyseOptions& options, const GivenText& given) {
  try {
    return interop::read_paired_csv(given.text, given.name, options.columns, csv_form(options));
  } catch (const interop::NoSuchColumn& error) {
    const bool order = error.wanted() == options.columns.order;
    const bool control = error.wanted() == options.columns.control;
    throw Error(fmt::format("{}; choose one with --{}", error.what(),
                            order     ? "order"
                            : control ? "control"
                                      : "treatment"));
  }
}

/// The rows as an experiment.
Plan plan_of(const AnalyseOptions& options, std::size_t rows) {
  const auto all_rows = options.fixed ? std::optional(static_cast<int>(rows)) : std::nullopt;
  return design::value_plan({.id = "analyse",
                             .control = options.columns.control,
                             .treatment = options.columns.treatment,
                             .metric = metric_of(options),
                             .protocol = definition::settled_protocol(options.protocol, all_rows),
                             .seed = options.protocol.seed.value_or(Seed{0}),
                             .order = options.columns.order ? OrderSource::told : OrderSource::unknown});
}

void check_pairs(const AnalyseOptions& options, const std::string& file, const std::vector<design::ValuePair>& pairs) {
  if (options.fixed && pairs.size() > interop::kMostFixedBlocks) {
    throw Error(
        fmt::format("--fixed takes at most {} rows, and {} has {}", interop::kMostFixedBlocks, file, pairs.size()));
  }
  if (options.kind != MetricKind::proportion) return;
  for_option("--kind proportion", [&] { interop::check_shares(pairs); });
}

std::vector<design::ValuePair> checked_pairs(const AnalyseOptions& options, const GivenText& given) {
  std::vector<design::ValuePair> pairs = read_pairs(options, given);
  check_pairs(options, given.name, pairs);
  return pairs;
}

decide::JudgedAttempt judge(const AnalyseOptions& options, const std::vector<design::ValuePair>& pairs) {
  return interop::replay(plan_of(options, pairs.size()), pairs);
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

/// Notes that the file was judged before with fewer rows. A claim at a planned look needs no note: it would stand
/// however often the file is read.
void note_readings(const AnalyseOptions& options, const std::vector<design::ValuePair>& pairs,
                   decide::JudgedAttempt& attempt) {
  const std::string& file = options.files.front();
  const std::string state =
      interop::readings_file({.state_home = variable("XDG_STATE_HOME"), .home = variable("HOME")});
  if (file == "-" || state.empty() || attempt.result.stop != Stop::cap) return;
  try {
    const std::string note = interop::readings_note(interop::count_reading(state, host::absolute_path(file), pairs));
    if (!note.empty()) attempt.result.audit.notes.push_back(note);
  } catch (const Error& error) {
    attempt.result.audit.notes.push_back(fmt::format("this reading is not counted: {}", error.what()));
  }
}

/// 1 if a file could not be judged, else the highest exit code of any.
ExitCode code_of(const std::vector<interop::JudgedFile>& files, const ResultOptions& options) {
  ExitCode highest = ExitCode::ok;
  for (const interop::JudgedFile& file : files) {
    const auto* const attempt = std::get_if<decide::JudgedAttempt>(&file.outcome);
    if (attempt == nullptr) return ExitCode::error;
    highest = std::max(highest, exit_code_of(attempt->result, options));
  }
  return highest;
}

}  // namespace

ExitCode analyse_pairs(const AnalyseOptions& options, const GivenText& given) {
  const std::vector<design::ValuePair> pairs = checked_pairs(options, given);
  decide::JudgedAttempt attempt = judge(options, pairs);
  note_readings(options, pairs, attempt);
  write_exports(options.exports, {attempt.plan, attempt.blocks, attempt.result, nullptr, options.result.time_unit});
  AttemptHeading heading;
  heading.command = "analyse";
  heading.plan_sha256 = attempt.plan_sha256;
  print_result(heading, attempt.plan, attempt.result, options.output, options.result, "");
  return exit_code_of(attempt.result, options.result);
}

ExitCode analyse_folder(const AnalyseOptions& options) {
  const auto files = for_option("--batch", [&] { return interop::csv_files_in(*options.batch); });
  const std::vector<interop::JudgedFile> judged = interop::judge_files(
      files, thread_count(options.threads),
      [&](const std::string& file) { return judge(options, checked_pairs(options, read_given(file))); });
  if (options.output.json) {
    print_json(report::batch_json(judged));
  } else {
    report::TextStyle style = output_style(read_terminal(), options.output);
    style.time_unit = options.result.time_unit;
    print_output(report::batch_text(judged, style));
  }
  return code_of(judged, options.result);
}

}  // namespace assay::screen
