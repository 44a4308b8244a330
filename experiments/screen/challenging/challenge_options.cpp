#include "experiments/screen/challenging/challenge_options.hpp"

#include <iostream>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/process/standard_streams.hpp"
#include "experiments/screen/console.hpp"

namespace assay::screen {

bool agrees(const ChallengeCommandOptions& options) {
  if (options.yes) return true;
  if (!host::is_terminal(host::StandardStream::input)) {
    throw Error("challenge runs foreign code, and no terminal can be asked: read what it will run, and say --yes");
  }
  print_output("Run it? [y/N] ");
  std::cout.flush();
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

bool talks(const ChallengeCommandOptions& options) {
  return !options.output.json && !options.output.quiet;
}

void refuse_claim_options(const ChallengeCommandOptions& options, std::string_view what) {
  if (options.own_workloads) {
    throw Error(fmt::format("--workload adds inputs to the challenge of a claim, and {} is none: leave it out", what));
  }
  if (options.at) {
    throw Error(
        fmt::format("--at names the commit at which an attempt was measured, and {} is none: leave it out", what));
  }
  refuse_exports(options.exports, fmt::format(", and the challenge of {} is none", what));
  if (options.challenge.vigilant) {
    throw Error(fmt::format("--vigilant adds trials to the challenge of a claim, and {} is none: leave it out", what));
  }
}

ExitCode exit_code_of(Grade grade) {
  switch (grade) {
    case Grade::confirmed:
      return ExitCode::ok;
    case Grade::exaggerated:
    case Grade::refuted:
      return ExitCode::worse;
    case Grade::inconclusive:
      return ExitCode::inconclusive;
    case Grade::invalid:
      break;
  }
  return ExitCode::invalid;
}

}  // namespace assay::screen
