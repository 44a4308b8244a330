#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/plan.hpp"
#include "core/result/shortfall.hpp"
#include "experiments/attempt/experiment.hpp"
#include "experiments/definition/options/protocol_options.hpp"
#include "experiments/formats/plan/block_limits.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {

// Groups of options that several commands share. Each is a struct whose initial values are the defaults, and a function
// that binds it to a command line:
//
//   struct ShowOptions { std::string which; OutputOptions output; };
//   CommandLine line({.name = "show", ...});
//   line.word({"WHICH", "..."}, into(options.which), Occurs::once);
//   add_output_options(line, options.output);
//   if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);

/// --time-unit, --fail-on: for commands that end in a verdict.
struct ResultOptions {
  std::string time_unit;  ///< "us", "ms" or "s"; empty: chosen for each figure
  std::set<Shortfall> fail_on = {Shortfall::regressed, Shortfall::guard, Shortfall::inconclusive, Shortfall::invalid};
};
void add_result_options(CommandLine& line, ResultOptions& options);
/// Only --time-unit: for commands that show a result but do not fail by it.
void add_time_unit_option(CommandLine& line, std::string& time_unit);

/// --actor: for commands that write something down.
void add_actor_option(CommandLine& line, std::optional<std::string>& actor);
/// For --environment. Verdicts are kept apart by this name, so two names that look alike must not be different ones.
/// \throws Error if the name has other characters than letters, digits, ".", "_" and "-".
[[nodiscard]] ValueTarget into_environment_name(std::optional<std::string>& target);
/// --wait: for commands that take the measuring lock.
void add_wait_option(CommandLine& line, std::optional<nanoseconds>& wait);
/// --actor, --environment, --wait: for commands that measure. Ctrl-C then stops after the running block, and twice at
/// once.
void add_measuring_options(CommandLine& line, attempt::RunOptions& options);
/// --spool, --partition and what else a cluster is asked for.
void add_cluster_options(CommandLine& line, ClusterOptions& options);
/// --no-futility: for commands that stop or pause if more blocks would hardly decide anything.
void add_futility_option(CommandLine& line, attempt::Futility& futility);
/// What standard error says to the first Ctrl-C while trials run.
inline constexpr const char* kAnswerToSignal = "\nassay: stopping after the running block; once more stops at once\n";

using definition::ProtocolOptions;
using formats::kFewestBlocks;
using formats::kMostBlocks;

/// --margin, --alpha, --alpha-eq, --strict, --one-sided, --goal, --kappa, --anytime, --min-blocks, --max-blocks: the
/// options of the analysis.
void add_inference_options(CommandLine& line, ProtocolOptions& options);
/// The same and --design, --inner, --inner-stat, --confirm, --max-time, --seed: for commands that measure.
void add_protocol_options(CommandLine& line, ProtocolOptions& options);

}  // namespace assay::screen
