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

/// The name of the state whose files are proven to be in memory when a trial starts.
inline constexpr std::string_view kWarm = "warm";

/// The condition of caches and services when a trial starts, and how it is brought about and proven
/// (docs/methods/states.md).
struct State {
  std::string name{kWarm};
  int warmup = 1;                       ///< discarded trials of each arm before the first block; 0 or more
  std::vector<std::string> evict = {};  ///< globs of files that must not be in memory when a trial starts
  Percent reads{5};                     ///< share of the evicted bytes that each trial must read itself
  Argv prepare = {};                    ///< before every trial, after the workload's; empty: none
  Argv conclude = {};                   ///< after every trial, before the workload's; empty: none
  Argv prove = {};                      ///< must exit 0 just before the trial; empty: none
  friend bool operator==(const State&, const State&) = default;
};

/// Where an output stream of a trial goes.
enum class OutputTarget {
  null,
  file,
  pipe,  ///< assay reads it and keeps nothing
};

/// Limits of a trial. A missing one is inherited from the caller.
struct Limits {
  std::vector<int> cpus;          ///< CPU set; empty: that of the caller
  std::optional<int> nice;        ///< -20 .. 19
  std::optional<Bytes> memory;    ///< address space (RLIMIT_AS)
  std::optional<int> open_files;  ///< RLIMIT_NOFILE
  friend bool operator==(const Limits&, const Limits&) = default;
};

/// How often the setup of a workload runs, and its cleanup.
enum class SetupPer {
  arm,    ///< once, before the arm's first trial: the services of all arms live side by side
  trial,  ///< before each trial, after which what it left running is ended
};

/// Commands around trials, outside the clock. An empty argv means none.
struct Hooks {
  Argv setup;     ///< once per arm, before its first trial, or before every trial
  Argv prepare;   ///< before every trial
  Argv conclude;  ///< after every trial
  Argv cleanup;   ///< once per arm, after its last trial, or after every trial
  SetupPer setup_per = SetupPer::arm;
  friend bool operator==(const Hooks&, const Hooks&) = default;
};

/// Where the environment of a trial comes from.
enum class EnvironmentPolicy {
  inherit,  ///< the caller's at plan time, without variables of its terminal and session
  clean,    ///< only PATH, HOME, LANG, TMPDIR and the names in `pass`
};

/// The work that is run in both arms.
struct Workload {
  std::string name;
  Argv command;  ///< `{name}` stands for an argument variable; empty for a command variable
  Hooks hooks;
  std::string working_directory;  ///< relative to the experiment file's folder; empty: that folder itself
  std::string standard_input;     ///< a file; empty: /dev/null
  OutputTarget standard_output = OutputTarget::null;
  std::string output_file;  ///< with OutputTarget::file
  nanoseconds timeout = std::chrono::hours(1);
  nanoseconds grace = std::chrono::seconds(5);  ///< between SIGTERM and SIGKILL
  std::vector<int> success_codes = {0};         ///< exit codes that count as measured; empty: all but 126 and 127
  EnvironmentPolicy environment = EnvironmentPolicy::inherit;
  std::vector<std::string> pass;           ///< names that a clean environment lets through
  std::map<std::string, std::string> set;  ///< variables set in both arms
  /// Name -> HMAC-SHA-256, under the lab's key, of a value that no plan or record holds; the value itself is in `set`
  /// while trials run.
  std::map<std::string, std::string> set_hmac = {};
  std::string results;              ///< file that json: metrics read; empty: they read standard output
  std::string spans = {};           ///< JSON pointer of the spans in `results`; empty: they are looked for
  std::vector<std::string> inputs;  ///< globs of files that are hashed into the audit
  std::string inputs_from = {};     ///< how to make the inputs that are not there; empty: nobody says
  Limits limits;
  std::map<std::string, std::string> weight;  ///< declared needs (cpu, memory), shown and recorded
  std::vector<std::string> states = {"warm"};
  friend bool operator==(const Workload&, const Workload&) = default;
};

[[nodiscard]] inline bool sets_up_each_trial(const Workload& workload) {
  return workload.hooks.setup_per == SetupPer::trial;
}

template <>
struct EnumNames<SetupPer> {
  static constexpr std::array<std::string_view, 2> values = {"arm", "trial"};
};

template <>
struct EnumNames<OutputTarget> {
  static constexpr std::array<std::string_view, 3> values = {"null", "file", "pipe"};
};

template <>
struct EnumNames<EnvironmentPolicy> {
  static constexpr std::array<std::string_view, 2> values = {"inherit", "clean"};
};

}  // namespace assay
