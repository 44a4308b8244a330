#include "experiments/screen/noise_options.hpp"

#include <algorithm>
#include <thread>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/journal/journal.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/exploratory_sessions.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/record/record_search.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"
#include "experiments/screen/progress.hpp"

namespace assay::screen {
namespace {

using planning::ExpectedNoise;
using planning::measured_noise;

std::optional<ExpectedNoise> pilot_noise(const attempt::ExperimentFile& experiment, int blocks) {
  attempt::RunOptions running;
  running.answer_to_signal = kAnswerToSignal;
  ProgressDisplay display(real_progress_output({}));
  attempt::ExploratorySessions sessions("assay plan --pilot", experiment.folder, running, display);
  const auto measured = sessions.run(planning::pilot_of(attempt::definition_of(experiment), blocks));
  if (!measured) return std::nullopt;
  for_option("--pilot", [&] { planning::check_pilot(measured->blocks); });
  return measured_noise(measured->plan, measured->blocks,
                        fmt::format("a pilot of {}", report::count_text(blocks, "block")));
}

ExpectedNoise recorded_noise(const attempt::ExperimentFile& experiment, const std::string& which) {
  const Record record = record::find_record(lab_of(experiment), which);
  return measured_noise(record.plan, record.blocks, "record " + record_name(record));
}

/// The noise of the attempt that was interrupted. Its effect is taken out, so that nothing of the change is seen early.
ExpectedNoise journalled_noise(const attempt::ExperimentFile& experiment, const attempt::RunOptions& running) {
  const record::Lab lab = lab_of(experiment);
  const host::Journal journal(lab.journal_path());
  const auto open = attempt::find_open_attempt(attempt::plan_question(experiment, running), lab, journal);
  if (!open) {
    throw Error(fmt::format("--journal: no attempt of {} is open: take the noise from its record, with --record",
                            experiment.name));
  }
  const std::vector<Block> blocks = attempt::read_blocks(journal, open->id);
  if (std::all_of(blocks.begin(), blocks.end(), is_void)) {
    throw Error(fmt::format("--journal: the open attempt of {} has no complete block yet", experiment.name));
  }
  return measured_noise(
      open->plan, blocks,
      fmt::format("{} of the open attempt", report::count_text(static_cast<int>(blocks.size()), "block")));
}

ExpectedNoise given_noise(const PlanNoiseOptions& options, const Plan& plan) {
  if (const std::optional<Percent> guess = guess_of(options)) return planning::guessed_noise(*guess);
  const interop::ChosenNoise chosen = choose_noise(options.noise, 2 * plan.protocol.max_blocks);
  return {chosen.noise, chosen.name, std::nullopt};
}

}  // namespace

void add_noise_options(CommandLine& line, NoiseOptions& options) {
  line.option("noise",
              {"NOISE", "a file of recorded values, comma-separated, with one trial in each row; or built in: " +
                            interop::built_in_noises()},
              into(options.source));
  line.option("column", {"NAME", "the column of the file with the values"}, into(options.columns.value));
  line.option("group", {"NAME", "the column that identifies the machine: no block spans two machines"},
              into(options.columns.group));
}

interop::ChosenNoise choose_noise(const NoiseOptions& options, int trials) {
  if (!options.source) {
    throw Error("--noise is missing: a file of recorded values, or one of " + interop::built_in_noises());
  }
  try {
    return interop::choose_noise({.source = *options.source, .columns = options.columns, .trials = trials});
  } catch (const interop::NoSuchColumn& error) {
    const bool group = error.wanted() == options.columns.group;
    throw Error(fmt::format("{}; choose one with --{}", error.what(), group ? "group" : "column"));
  } catch (const interop::NoColumnsToChoose& error) {
    throw Error(fmt::format("--noise: {}; leave --column and --group out", error.what()));
  } catch (const Error& error) {
    throw error.within("--noise");
  }
}

void add_threads_option(CommandLine& line, std::optional<int>& threads) {
  line.option("threads", {"N", "threads that work at once (default one for each processor); changes no figure"},
              into(threads, {1, 1024}));
}

int thread_count(const std::optional<int>& threads) {
  return threads.value_or(std::max(1, static_cast<int>(std::thread::hardware_concurrency())));
}

void add_plan_noise_options(CommandLine& line, PlanNoiseOptions& options) {
  line.option("noise",
              {"NOISE",
               "a guess of the standard deviation of one trial, such as 3%; or a trace or a built-in noise, as "
               "assay simulate takes them"},
              into(options.noise.source));
  line.option("column", {"NAME", "the column of the trace that holds the values"}, into(options.noise.columns.value));
  line.option("group", {"NAME", "the column that tells machines apart"}, into(options.noise.columns.group));
  line.option("record", {"WHICH", "take the noise from this record of the lab"}, into(options.record));
  line.option("journal", {"", "take the noise from the blocks of the attempt that was interrupted"},
              into(options.journal));
  line.option("pilot", {"N", "run N blocks of control against itself now, and take the noise from them"},
              into(options.pilot, {kFewestBlocks, kMostBlocks}));
}

bool is_given(const PlanNoiseOptions& options) {
  return options.noise.source || options.record || options.journal || options.pilot;
}

std::optional<Percent> guess_of(const PlanNoiseOptions& options) {
  const std::optional<std::string>& source = options.noise.source;
  if (!source || !source->ends_with('%')) return std::nullopt;
  return for_option("--noise", [&] { return parse_percent(*source); });
}

void check_plan_noise_options(const PlanNoiseOptions& options) {
  const int sources =
      (options.noise.source ? 1 : 0) + (options.record ? 1 : 0) + (options.journal ? 1 : 0) + (options.pilot ? 1 : 0);
  if (sources > 1) {
    throw Error("--noise, --record, --journal and --pilot exclude each other: the noise comes from one of them");
  }
  const bool columns = options.noise.columns.value || options.noise.columns.group;
  if (columns && (!options.noise.source || guess_of(options))) {
    throw Error("--column and --group belong to a trace: --noise FILE");
  }
}

std::optional<ExpectedNoise> expected_noise(const PlanNoiseOptions& options, const attempt::ExperimentFile& experiment,
                                            const attempt::RunOptions& running, const Plan& plan) {
  if (options.pilot) return pilot_noise(experiment, *options.pilot);
  if (options.journal) return journalled_noise(experiment, running);
  if (options.record) return recorded_noise(experiment, *options.record);
  return given_noise(options, plan);
}

}  // namespace assay::screen
