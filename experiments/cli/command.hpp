#pragma once

#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/console/arguments.hpp"
#include "experiments/console/help/exit_meaning.hpp"

namespace assay::cli {

/// The exit codes of all commands (docs/cli.md).
enum class ExitCode {
  ok = 0,     ///< as asked
  error = 1,  ///< usage, input, or the tool itself
  worse = 2,  ///< regressed, a guard failed, refuted or exaggerated
  inconclusive = 3,
  invalid = 4,        ///< a check, audit, trial or verification failed
  refused = 5,        ///< dead end, attempts spent, lock held
  interrupted = 130,  ///< Ctrl-C; resumable
};

/// What a code means for one command.
struct OwnMeaning {
  ExitCode code;
  std::string_view words;
};

/// The codes with what each means in a few words: for --help and docs/cli.md.
[[nodiscard]] std::vector<console::ExitMeaning> described(std::initializer_list<ExitCode> codes);
/// The same, where a code means something of its own for the command.
[[nodiscard]] std::vector<console::ExitMeaning> described(std::initializer_list<ExitCode> codes,
                                                          std::initializer_list<OwnMeaning> own);

using console::Arguments;

/// One command of the program.
struct Command {
  std::string_view name;
  std::string_view summary;
  ExitCode (*main)(const Arguments& arguments);  ///< parses, then runs
};

/// All commands, in the order in which `assay --help` lists them.
[[nodiscard]] std::span<const Command> commands();

/// What only engines call: it is left out of help, completions and manual pages.
[[nodiscard]] std::span<const Command> engine_commands();

// One function in each file command_<name>.cpp: it parses its words, then runs.
ExitCode command_aa(const Arguments& arguments);
ExitCode command_analyse(const Arguments& arguments);
ExitCode command_baseline(const Arguments& arguments);
ExitCode command_challenge(const Arguments& arguments);
ExitCode command_check(const Arguments& arguments);
ExitCode command_claim(const Arguments& arguments);
ExitCode command_close(const Arguments& arguments);
ExitCode command_compare(const Arguments& arguments);
ExitCode command_completion(const Arguments& arguments);
ExitCode command_decide(const Arguments& arguments);
ExitCode command_doctor(const Arguments& arguments);
ExitCode command_gate(const Arguments& arguments);
ExitCode command_import(const Arguments& arguments);
ExitCode command_init(const Arguments& arguments);
ExitCode command_log(const Arguments& arguments);
ExitCode command_man(const Arguments& arguments);
ExitCode command_plan(const Arguments& arguments);
ExitCode command_relax(const Arguments& arguments);
ExitCode command_render(const Arguments& arguments);
ExitCode command_reopen(const Arguments& arguments);
ExitCode command_run(const Arguments& arguments);
ExitCode command_show(const Arguments& arguments);
ExitCode command_simulate(const Arguments& arguments);
ExitCode command_sign(const Arguments& arguments);
ExitCode command_span(const Arguments& arguments);
ExitCode command_status(const Arguments& arguments);
ExitCode command_tried(const Arguments& arguments);
ExitCode command_verify(const Arguments& arguments);
ExitCode command_worker(const Arguments& arguments);

}  // namespace assay::cli
