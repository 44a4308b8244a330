#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/units.hpp"
#include "core/variable.hpp"

namespace assay {

/// The state whose files are proven to be in memory when a trial starts.
inline constexpr std::string_view kWarm = "warm";

/// How caches and services stand when a trial starts, and how that is brought about and proven
/// (docs/methods/states.md).
struct State {
  std::string name{kWarm};
  int warmup = 1;                       ///< discarded trials per arm before the first block; 0 or more
  std::vector<std::string> evict = {};  ///< globs of files that must not be in memory when a trial starts
  Percent reads{5};                     ///< of the evicted bytes, what each trial must read for itself
  Argv prepare = {};                    ///< before every trial, after the workload's; empty: none
  Argv conclude = {};                   ///< after every trial, before the workload's; empty: none
  Argv prove = {};                      ///< must exit 0 just before the trial; empty: none
  friend bool operator==(const State&, const State&) = default;
};

/// Where one of a trial's output streams goes.
enum class OutputTarget { null, file };

/// What a trial may spend; nothing: as the caller's.
struct Limits {
  std::vector<int> cpus;          ///< CPU set; empty: as the caller's
  std::optional<int> nice;        ///< -20 .. 19
  std::optional<Bytes> memory;    ///< address space (RLIMIT_AS)
  std::optional<int> open_files;  ///< RLIMIT_NOFILE
  friend bool operator==(const Limits&, const Limits&) = default;
};

/// Commands around trials, outside the clock. An empty argv: none.
struct Hooks {
  Argv setup;     ///< once per arm, before its first trial
  Argv prepare;   ///< before every trial
  Argv conclude;  ///< after every trial
  Argv cleanup;   ///< once per arm, after its last trial
  friend bool operator==(const Hooks&, const Hooks&) = default;
};

/// Where a trial's environment comes from.
enum class EnvironmentPolicy {
  inherit,  ///< the caller's, frozen at plan time, less what belongs to the caller's terminal and session
  clean,    ///< PATH, HOME, LANG, TMPDIR and the names in `pass` alone
};

/// What is run in both arms.
struct Workload {
  std::string name;
  Argv command;  ///< `{name}` stands for an argument variable; empty for a command variable
  Hooks hooks;
  std::string working_directory;  ///< relative to the experiment file's folder; empty: that folder
  std::string standard_input;     ///< a file; empty: /dev/null
  OutputTarget standard_output = OutputTarget::null;
  std::string output_file;  ///< with OutputTarget::file
  nanoseconds timeout = std::chrono::hours(1);
  nanoseconds grace = std::chrono::seconds(5);  ///< between SIGTERM and SIGKILL
  std::vector<int> success_codes = {0};         ///< exit codes that count as measured; empty: every exit code does
  EnvironmentPolicy environment = EnvironmentPolicy::inherit;
  std::vector<std::string> pass;           ///< names let through a clean environment
  std::map<std::string, std::string> set;  ///< variables set in both arms
  std::string results;              ///< file from which json: metrics are read; empty: standard output is kept for them
  std::vector<std::string> inputs;  ///< globs, hashed into the audit
  Limits limits;
  std::map<std::string, std::string> weight;  ///< declared needs, shown and recorded: cpu, memory
  std::vector<std::string> states = {"warm"};
  friend bool operator==(const Workload&, const Workload&) = default;
};

template <>
struct EnumNames<OutputTarget> {
  static constexpr std::array<std::string_view, 2> values = {"null", "file"};
};

template <>
struct EnumNames<EnvironmentPolicy> {
  static constexpr std::array<std::string_view, 2> values = {"inherit", "clean"};
};

}  // namespace assay
