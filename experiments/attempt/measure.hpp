#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "core/host/journal/journal.hpp"
#include "core/host/machine/lock.hpp"
#include "core/plan.hpp"
#include "core/record.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/options.hpp"
#include "experiments/cli/progress.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/design/freeze.hpp"
#include "experiments/record/lab.hpp"
#include "experiments/session/session.hpp"

namespace assay::cli {

/// --actor, --environment, --wait: for commands that measure.
struct MeasuringOptions {
  std::optional<std::string> actor;
  std::optional<std::string> environment_name;
  std::optional<nanoseconds> wait;  ///< for the measuring lock; nothing: as long as it takes
};
void add_measuring_options(CommandLine& line, MeasuringOptions& options);

/// Takes the host's measuring lock, saying once that it waits. \throws Error (refused) when it stays taken.
[[nodiscard]] host::MeasuringLock take_measuring_lock(const std::string& purpose, const MeasuringOptions& options);

/// An attempt in its journal.
struct JournalledAttempt {
  host::AttemptId id = 0;
  Plan plan;  ///< with its secrets, ready to run
  std::string plan_sha256;
  std::string build_logs = {};  ///< absolute: where its builds are logged; empty: only failed ones are kept
};

/// The attempt's blocks so far, in the order in which they ended.
[[nodiscard]] std::vector<Block> read_blocks(const host::Journal& journal, host::AttemptId attempt);

/// Hashes the plan and writes it down before anything is measured.
[[nodiscard]] JournalledAttempt open_attempt(host::Journal& journal, const Plan& plan);

/// Runs the attempt on the engine that its plan asks for, showing progress; Ctrl-C once ends it after the running
/// block, twice at once.
[[nodiscard]] session::SessionEnd measure(const JournalledAttempt& attempt, host::Journal& journal,
                                          const host::MeasuringLock& lock, const OutputOptions& output);

/// The evidence of an attempt that has ended, but for number and parents.
[[nodiscard]] Record make_record(const JournalledAttempt& attempt, const host::Journal& journal,
                                 const AttemptResult& result, const std::string& actor);

/// Stores the record, writes its entry in DECISIONS.md and finishes the attempt; nothing is stored of an attempt
/// without a block. Each step may be done again where a kill came between two of them.
std::optional<Record> file_record(const record::Lab& lab, host::Journal& journal, host::AttemptId attempt,
                                  host::AttemptStatus status, Record record);

/// Reads an experiment's file, of what never ends no more than a file may hold. \throws Error as `parse_definition`
/// does.
[[nodiscard]] definition::Definition parse_definition_file(const std::string& file);

/// The folder of an experiment's file, absolute.
[[nodiscard]] std::string folder_of(const std::string& file);

/// Puts the original back where a killed attempt left another content in the file that is the variable, and fills in
/// what the definition's variable names at this moment: commits, digests of files. Where `levels` must differ
/// and do not, that is an error, but for a comparison, which may hold something against itself.
enum class EqualLevels { refused, allowed };
void resolve_variable(definition::Definition& definition, const std::string& folder, EqualLevels levels);

/// The caller's environment, and a fresh seed.
[[nodiscard]] design::Circumstances caller_circumstances(const std::string& folder);

}  // namespace assay::cli
