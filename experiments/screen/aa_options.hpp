#pragma once

#include <optional>
#include <string>

#include "experiments/attempt/experiment_file.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

/// What `doctor`, which is also called `aa`, compares with itself, and how.
struct AaOptions {
  std::optional<std::string> file;
  Arguments command;  ///< after --
  std::optional<Percent> plant;
  bool plant_nothing = false;
  std::optional<Percent> margin;
  attempt::FileOverrides overrides;
  std::optional<nanoseconds> max_time;
  attempt::RunOptions running;
  OutputOptions output;
  ExportOptions exports;  ///< of control against itself, without the planted delay
};

/// The word FILE and all options but those of the output.
void add_aa_options(CommandLine& line, AaOptions& options);

/// Everything after -- is the command, whatever it looks like. \return what stands before
[[nodiscard]] Arguments split_off_command(const Arguments& arguments, Arguments& command);

/// \throws Error if options contradict each other.
void check_aa_options(const AaOptions& options);

/// Control against itself: of the experiment, of the command, or of a short shell loop if neither is given.
/// \throws Error that names --plant if a delay cannot be planted there.
[[nodiscard]] attempt::ExperimentFile self_comparing_experiment(const AaOptions& options);

}  // namespace assay::screen
