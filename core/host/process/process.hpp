#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/trial.hpp"
#include "core/variable.hpp"
#include "core/workload.hpp"

namespace assay::host {

/// How a child is stopped: each signal goes to its whole process group, then the wait. The last step is SIGKILL.
struct StopStep {
  int signal;
  nanoseconds wait;
};

/// Where one output stream goes.
struct ToNull {};
struct ToFile {
  std::string path;  ///< created or truncated; relative: below the child's working directory
};
struct Captured {
  std::size_t limit;  ///< bytes kept; what comes after is read and dropped
};
/// Kept out of memory: bytes are counted and hashed as they come.
struct Hashed {};
using OutputSink = std::variant<ToNull, ToFile, Captured, Hashed>;

/// Everything the kernel needs to start one child. Nothing is inherited from the caller but what stands here.
struct ProcessRequest {
  Argv argv;  ///< argv[0] is looked up in PATH of `environment` when it has no slash
  std::map<std::string, std::string> environment;  ///< exact
  std::string working_directory;                   ///< absolute
  std::string standard_input;                      ///< a file, relative as above; empty: /dev/null
  OutputSink standard_output = ToNull{};
  OutputSink standard_error = ToNull{};
  nanoseconds timeout = std::chrono::hours(1);
  std::vector<StopStep> stop_steps;  ///< empty: SIGTERM, 5 s, SIGKILL
  Limits limits;
  /// On the monotonic clock: when to start it, with the launcher waiting on the child's own CPUs; nothing: at once.
  std::optional<nanoseconds> start_at;
  bool keep_descendants = false;  ///< a setup's children live until `end_descendants`; any other's are ended
};

struct CapturedOutput {
  std::string text;       ///< at most the limit
  std::size_t bytes = 0;  ///< all that was written
  std::string sha256;     ///< of all that was written, in hexadecimal
};

/// A process that outlived the child which started it.
struct Survivor {
  int pid;
  std::string command_line;
};

struct ProcessResult {
  std::variant<Exited, Killed, TimedOut> ending;
  Usage usage;
  std::string memory_peak_source;  ///< "cgroup v1", "cgroup v2", "sampled", "unavailable"
  CapturedOutput standard_output;  ///< where Captured or Hashed
  CapturedOutput standard_error;
  std::vector<Survivor> survivors;  ///< named, then ended (unless kept)
};

/// A tiny static process that starts every child, so that a child's peak memory is never below this program's own
/// (the kernel hands the parent's peak on through fork, vfork and posix_spawn: measured, /bin/true shows 205 MB under
/// a 200 MB parent). Embedded in this library and run from a memfd. One child at a time.
///
/// Wall time runs from just before the spawn to the moment the child is seen to have ended and has been waited for; it
/// is never corrected. Cost above a bare posix_spawn and wait4: about 3 % of the cheapest program (docs/methods).
class Launcher {
 public:
  /// \throws Error when the launcher cannot be started.
  Launcher();
  ~Launcher();
  Launcher(Launcher&&) noexcept;
  Launcher& operator=(Launcher&&) noexcept;

  /// Runs one child to its end and reads its streams meanwhile.
  /// \throws Error when the program cannot be started (missing, not executable, no such folder), or when the launcher
  /// itself died; a child that fails is a result, not an error.
  ProcessResult run(const ProcessRequest& request);

  /// Ends what kept setups left running; returns what it ended. \throws Error when one cannot be ended.
  std::vector<Survivor> end_descendants();

  /// Stops the running child from another thread or a signal handler: its stop steps begin (`gentle`) or SIGKILL goes
  /// out at once. Async-signal-safe. Does nothing between children.
  enum class Haste { gentle, at_once };
  void interrupt(Haste haste) noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What starting the cheapest possible child costs here: the least wall time of `count` runs of a static no-op.
/// Reported beside short trials, never subtracted.
[[nodiscard]] nanoseconds spawn_floor(Launcher& launcher, int count);

}  // namespace assay::host
