#include "core/host/machine/lock.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/ancestry.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/machine/presence.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

using std::chrono::nanoseconds;

constexpr std::string_view kHolderPrefix = "pid ";

std::string environment_value(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool can_hold_locks(const std::string& folder) {
  return !folder.empty() && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

/// Where the lock is unless ASSAY_LOCK_DIR says otherwise.
std::optional<std::string> usual_folder() {
  for (const std::string& folder : {std::string("/run/lock"), environment_value("XDG_RUNTIME_DIR")}) {
    if (can_hold_locks(folder)) return folder;
  }
  return std::nullopt;
}

std::string lock_folder() {
  std::string chosen = environment_value("ASSAY_LOCK_DIR");
  if (!chosen.empty()) {
    if (!can_hold_locks(chosen)) throw system_error("use ASSAY_LOCK_DIR", chosen, errno);
    return chosen;
  }
  if (std::optional<std::string> folder = usual_folder()) return *folder;
  throw Error(
      "no folder for the measuring lock: neither /run/lock nor $XDG_RUNTIME_DIR can be written; set ASSAY_LOCK_DIR to "
      "a folder that everyone who measures on this host can write");
}

/// One name for each host: many hosts may share a folder of locks, and one kernel may host several Slurm nodes.
std::string lock_name() {
  const std::string boot = read_kernel_line("/proc/sys/kernel/random/boot_id");
  std::string node = environment_value("SLURMD_NODENAME");
  std::replace(node.begin(), node.end(), '/', '_');
  return fmt::format("assay-{}{}{}.lock", boot, node.empty() ? "" : "-", node);
}

/// Opens or creates the lock file, which any user may lock.
FileDescriptor open_lock_file(const std::string& path) {
  // Try without O_CREAT first: in a sticky folder the kernel refuses O_CREAT on the file of another user
  // (fs.protected_regular).
  for (;;) {
    FileDescriptor there(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (there.is_open()) {
      struct stat status {};
      const bool sound = ::fstat(there.number(), &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1;
      if (!sound) throw Error(fmt::format("{} is not a lock file: remove it, or set ASSAY_LOCK_DIR", path));
      return there;
    }
    if (errno != ENOENT) throw system_error("lock", path, errno);
    FileDescriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666));
    if (made.is_open()) {
      // The next user must be able to lock the file too, whatever the umask is.
      if (::fchmod(made.number(), 0666) != 0) throw system_error("lock", path, errno);
      return made;
    }
    if (errno != EEXIST) throw system_error("lock", path, errno);
  }
}

bool try_lock(const FileDescriptor& file, const std::string& path) {
  while (::flock(file.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return false;
    if (errno != EINTR) throw system_error("lock", path, errno);
  }
  return true;
}

/// What the holder wrote into the file.
std::string holder_of(const FileDescriptor& file) {
  std::array<char, 512> text;
  const ssize_t count = ::pread(file.number(), text.data(), text.size(), 0);
  if (count <= 0) return "a process that has not said who it is";
  std::string holder(text.data(), static_cast<std::size_t>(count));
  // Anybody may write to the file, so nothing in it may control a terminal.
  std::replace_if(
      holder.begin(), holder.end(), [](unsigned char letter) { return std::iscntrl(letter) != 0; }, '?');
  return holder;
}

bool is_held_by_an_ancestor(const FileDescriptor& file) {
  const std::string holder = holder_of(file);
  if (!holder.starts_with(kHolderPrefix)) return false;
  pid_t pid = 0;
  std::from_chars(holder.data() + kHolderPrefix.size(), holder.data() + holder.size(), pid);
  return pid > 0 && is_ancestor(pid);
}

/// The lock that the environment of a trial points at, if an ancestor really holds it.
bool is_inherited_from(const std::string& path) {
  if (path.empty()) return false;
  const FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  return file.is_open() && !try_lock(file, path) && is_held_by_an_ancestor(file);
}

void sign(const FileDescriptor& file, const std::string& purpose, const std::string& path) {
  const std::string holder =
      fmt::format("{}{}, {}, since {}", kHolderPrefix, ::getpid(), purpose, format_unix_time(unix_time_ns()));
  if (::ftruncate(file.number(), 0) != 0 || ::lseek(file.number(), 0, SEEK_SET) != 0 || !file.write_all(holder)) {
    throw system_error("write", path, errno);
  }
}

/// The longest pause between two tries to take the lock.
constexpr nanoseconds kLongestPause = std::chrono::milliseconds(100);

/// Joins those who wait for the lock at `path`: each holds a shared lock of a second file. Whoever finds others there
/// lets them try first. Otherwise a program that measures one experiment after another would take the lock again before
/// those who look ten times a second. A waiting process that is stopped delays others by no more than these pauses.
FileDescriptor join_waiters(const std::string& path, nanoseconds patience) {
  FileDescriptor waiters = open_lock_file(path + ".waiting");
  if (!try_lock(waiters, path)) std::this_thread::sleep_for(std::min<nanoseconds>(3 * kLongestPause, patience));
  while (::flock(waiters.number(), LOCK_SH) != 0) {
    if (errno != EINTR) throw system_error("lock", path + ".waiting", errno);
  }
  return waiters;
}

/// A lock that cannot be shared keeps nobody from measuring.
Presence presence_on_host() {
  const std::optional<std::string> folder = usual_folder();
  if (!folder) return {};
  try {
    return Presence(open_lock_file(*folder + "/" + lock_name() + ".present"));
  } catch (const Error&) {
    return {};
  }
}

enum class Gained { taken, inherited };

/// Waits for the lock. flock has no time limit, so it is tried again and again at growing intervals.
Gained wait_for(const FileDescriptor& file, const std::string& path, nanoseconds patience,
                const std::function<void(const LockHolder&)>& waiting) {
  nanoseconds pause = std::chrono::milliseconds(1);
  const nanoseconds start = monotonic_time();
  bool told = false;
  while (!try_lock(file, path)) {
    if (is_held_by_an_ancestor(file)) return Gained::inherited;
    const LockHolder holder{holder_of(file)};
    if (monotonic_time() - start >= patience) {
      throw HostBusyError(holder, path);
    }
    if (!told && waiting) waiting(holder);
    told = true;
    std::this_thread::sleep_for(std::min(pause, patience));
    pause = std::min(2 * pause, kLongestPause);
  }
  return Gained::taken;
}

}  // namespace

HostBusyError::HostBusyError(LockHolder holder, std::string path)
    : Error(fmt::format("another measurement holds this host: {} (lock {}); wait for it to end", holder.description,
                        path),
            ErrorKind::refused),
      holder_(std::move(holder)),
      path_(std::move(path)) {}

struct MeasuringLock::State {
  std::string path;
  FileDescriptor file{-1};  ///< not open if the lock is inherited
  Presence presence;

  ~State() {
    // The file is emptied, not removed: a waiting process would otherwise lock a file that no longer has a name. Even
    // if that fails, the kernel releases the lock.
    [[maybe_unused]] const int failure = file.is_open() ? ::ftruncate(file.number(), 0) : 0;
  }
};

MeasuringLock::MeasuringLock(const std::string& purpose, nanoseconds patience,
                             const std::function<void(const LockHolder&)>& waiting) {
  state_ = std::make_unique<State>();
  state_->path = environment_value(kLockHeldVariable);
  if (is_inherited_from(state_->path)) return;

  state_->path = lock_folder() + "/" + lock_name();
  FileDescriptor file = open_lock_file(state_->path);
  if (is_held_by_an_ancestor(file)) return;
  const FileDescriptor waiters = join_waiters(state_->path, patience);
  if (wait_for(file, state_->path, patience, waiting) == Gained::inherited) return;
  sign(file, purpose, state_->path);
  state_->file = std::move(file);
  state_->presence = presence_on_host();
}

MeasuringLock::MeasuringLock(std::unique_ptr<State> state) : state_(std::move(state)) {}

MeasuringLock MeasuringLock::of_file(const std::string& path, const std::string& purpose, nanoseconds patience,
                                     const std::function<void(const LockHolder&)>& waiting) {
  auto state = std::make_unique<State>();
  state->path = path;
  FileDescriptor file = open_lock_file(path);
  if (wait_for(file, path, patience, waiting) == Gained::inherited) return MeasuringLock(std::move(state));
  sign(file, purpose, path);
  state->file = std::move(file);
  return MeasuringLock(std::move(state));
}

std::optional<LockHolder> find_other_measurement() {
  const std::string path = lock_folder() + "/" + lock_name();
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file.is_open() || ::flock(file.number(), LOCK_SH | LOCK_NB) == 0 || errno != EWOULDBLOCK) return std::nullopt;
  if (is_held_by_an_ancestor(file)) return std::nullopt;
  return LockHolder{holder_of(file)};
}

MeasuringLock::~MeasuringLock() = default;
MeasuringLock::MeasuringLock(MeasuringLock&&) noexcept = default;
MeasuringLock& MeasuringLock::operator=(MeasuringLock&&) noexcept = default;

bool MeasuringLock::sees_another_measurement() const {
  return state_->presence.sees_another();
}

const std::string& MeasuringLock::path() const {
  return state_->path;
}

}  // namespace assay::host
