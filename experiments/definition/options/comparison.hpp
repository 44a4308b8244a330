#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/check.hpp"
#include "core/variable.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/definition/options/protocol_options.hpp"

namespace assay::definition {

/// What the options of a comparison set. They have hyperfine's names if they mean the same.
struct ComparisonOptions {
  ComparisonOptions();

  std::vector<std::string> commands;   ///< control first; with revisions, the words of the only command
  std::string reference;               ///< control, if it is not the first of the commands
  std::string reference_name;          ///< what to call it
  std::vector<std::string> scans;      ///< "threads 1 8": parameters of the commands
  std::string scan_step;               ///< of the scans; empty: 1
  std::vector<std::string> lists;      ///< "threads 1,2,4"
  bool race = false;                   ///< the values of the only parameter are levels that race for the best
  std::vector<std::string> names;      ///< of the commands or revisions, in their order
  std::vector<std::string> revisions;  ///< control first; empty: the commands are what differs
  std::string build;
  std::optional<int> builds;
  std::string repository;
  std::vector<CheckoutStep> checkout;
  std::vector<std::string> harness;  ///< globs; none: the commands' own scripts
  ProtocolOptions protocol;
  std::optional<int> runs;  ///< exactly so many blocks, analysed once
  int warmup = 1;
  std::string working_directory;           ///< empty: the current folder
  std::map<std::string, std::string> set;  ///< variables set for every command
  std::string set_option = "--set";        ///< as it was given, for messages: hyperfine calls it --env
  std::vector<Check> checks;
  std::string setup, prepare, conclude, cleanup;  ///< empty: none
  std::optional<std::string> shell;
  bool no_shell = false;
  std::optional<std::vector<int>> ignored_codes;  ///< exit codes beside 0 with which a trial counts; empty: all
  std::string input = "null";
  std::string output = "null";
  nanoseconds timeout = Workload{}.timeout;
  std::string metric = "wall";
  std::vector<std::string> guards;  ///< "max_rss=10%"
};

/// Whether there is only one command, whose figures are wanted and no comparison.
[[nodiscard]] bool is_single(const ComparisonOptions& options);
/// The command is measured against itself: as any other, and so that it is known what a comparison would need.
void pair_with_itself(ComparisonOptions& options);

/// The experiment that the options ask for. Its mistakes name options as a command line spells them.
/// \throws Error if the options do not fit each other: fewer than two commands, more names than commands, an unknown
/// metric, a command that needs a shell.
[[nodiscard]] Definition comparison_definition(const ComparisonOptions& options);

}  // namespace assay::definition
