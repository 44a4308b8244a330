#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/host/machine/kernel_events.hpp"
#include "core/trial.hpp"
#include "core/variable.hpp"
#include "core/workload.hpp"

namespace assay::host {

/// One step of stopping a child: the signal goes to its whole process group, then the launcher waits. The last step is
/// SIGKILL.
struct StopStep {
  int signal;
  nanoseconds wait;
};

/// Where one output stream goes.
struct ToNull {};
struct ToFile {
  std::string path;  ///< created or truncated; a relative path starts at the child's working directory
};
struct Captured {
  std::size_t limit;  ///< bytes to keep; the rest is read and dropped
};
/// The bytes are counted and hashed as they arrive, and not kept.
struct Hashed {};
/// The bytes are read and dropped.
struct Drained {};
using OutputSink = std::variant<ToNull, ToFile, Captured, Hashed, Drained>;

/// Everything that the kernel needs to start one child. The child inherits nothing else from the caller.
struct ProcessRequest {
  Argv argv;                                       ///< argv[0] is looked up in PATH of `environment` if it has no slash
  std::map<std::string, std::string> environment;  ///< the complete environment
  std::string working_directory;                   ///< absolute
  std::string standard_input;                      ///< a file, relative as above; empty means /dev/null
  OutputSink standard_output = ToNull{};
  OutputSink standard_error = ToNull{};
  nanoseconds timeout = std::chrono::hours(1);
  std::vector<StopStep> stop_steps;  ///< empty means SIGTERM, 5 s, SIGKILL
  Limits limits;
  /// Start time on the monotonic clock, while the launcher waits on the child's own CPUs. std::nullopt starts it at
  /// once.
  std::optional<nanoseconds> start_at;
  /// The share of the child's own time for which the clock runs on after its end: a change that is planted to be found.
  double runs_on = 0;
  bool measures_disk = false;            ///< how much the file systems grow meanwhile
  std::vector<KernelEvent> events = {};  ///< what the kernel counts meanwhile; at most 8
  bool keep_descendants = false;         ///< true for setups: descendants live until `end_descendants`
};

struct CapturedOutput {
  std::string text;       ///< at most the limit
  std::size_t bytes = 0;  ///< size of everything written
  std::string sha256;     ///< digest of everything written, in hexadecimal
};

/// A process that outlived the child that started it.
struct Survivor {
  int pid;
  std::string command_line;
};

struct ProcessResult {
  std::variant<Exited, Killed, TimedOut> ending;
  Usage usage;
  std::string memory_peak_source;  ///< "cgroup v1", "cgroup v2", "sampled", "unavailable"
  /// Why `usage.disk_growth` is empty although it was asked for: "others wrote 12.3 MB to the disk meanwhile".
  std::string why_no_disk_growth;
  std::vector<EventCount> event_counts = {};  ///< one for each event that was asked for
  /// Why `usage` lacks hardware counts that were asked for, by the name of the metric.
  std::map<std::string, std::string> uncounted = {};
  CapturedOutput standard_output;  ///< if Captured or Hashed
  CapturedOutput standard_error;
  std::vector<Survivor> survivors;  ///< they are ended, unless kept
  nanoseconds survived{};           ///< how long the last of them lived on, if they were ended
  int stops = 0;                    ///< how often a signal stopped the child, or the launcher while it ran
  /// What this child or something beside it altered in the launcher: "timer slack". It was restored, and no later child
  /// inherits it.
  std::vector<std::string> launcher_changes;
};

/// A tiny static process that starts every child, so that the peak memory of a child is not inflated by this program.
/// (The kernel passes the peak of the parent on through fork, vfork and posix_spawn: /bin/true shows 205 MB under a 200
/// MB parent.) It is embedded in this library, runs from a memfd, and runs one child at a time.
///
/// Wall time runs from just before the spawn until the child is seen to have ended and has been waited for. It is never
/// corrected. Cost above a bare posix_spawn and wait4: about 3 % of the cheapest program
/// (docs/methods/measuring-a-trial.md).
class Launcher {
 public:
  /// \throws Error if the launcher cannot be started.
  Launcher();
  /// An absolute folder is hidden from the launcher and all its children: it is empty and closed there, if the kernel
  /// lets this process have a mount namespace. Root can take the cover off again. If the text is empty, nothing is
  /// hidden. \throws Error if the launcher cannot be started.
  explicit Launcher(const std::string& hidden_folder);
  ~Launcher();
  Launcher(Launcher&&) noexcept;
  Launcher& operator=(Launcher&&) noexcept;

  /// Runs one child to its end and reads its streams meanwhile.
  /// \throws Error if the program cannot be started (missing, not executable, no such folder), the launcher itself
  /// died, or (invalid) something altered it in a way that cannot be restored. A child that fails is a result, not an
  /// error.
  ProcessResult run(const ProcessRequest& request);

  /// Why the folder could not be hidden; empty if it is, or if none was to be. It is known once a child has run.
  [[nodiscard]] std::string why_not_hidden() const;

  /// The CPU time of all children that have been run so far, with their reaped descendants.
  [[nodiscard]] nanoseconds children_cpu() const;
  /// The CPU time so far of the processes that kept setups left running, see `cpu_time_of`; 0 if there are none.
  [[nodiscard]] nanoseconds services_cpu() const;

  /// Ends the processes that kept setups left running and returns them. \throws Error if one cannot be ended.
  std::vector<Survivor> end_descendants();

  /// Stops the running child from another thread or a signal handler: `gentle` begins its stop steps, `at_once` sends
  /// SIGKILL. It is async-signal-safe and does nothing between children.
  enum class Haste { gentle, at_once };
  void interrupt(Haste haste) noexcept;
  /// Whether a child is running; async-signal-safe.
  [[nodiscard]] bool is_running() const noexcept;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The cost of starting the cheapest possible child: the smallest wall time of `count` runs of a static no-op. It is
/// reported beside short trials and never subtracted.
[[nodiscard]] nanoseconds spawn_floor(Launcher& launcher, int count);

}  // namespace assay::host
