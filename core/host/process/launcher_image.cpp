#include "core/host/process/launcher_image.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/embedded_file.hpp"
#include "core/host/launcher/protocol.hpp"
#include "core/host/system_error.hpp"

// Linux 6.3 and later have it; earlier kernels run every memory file.
#ifndef MFD_EXEC
#define MFD_EXEC 0x0010U
#endif

ASSAY_EMBED_FILE(assay_launcher, ASSAY_LAUNCHER_FILE)

namespace assay::host {
namespace {

/// What trials see of their parent. It does not name this program, so that no trial behaves otherwise for it.
constexpr const char* kName = "launcher";

/// The descriptor is not open if the kernel refuses.
FileDescriptor make_in_memory() {
  FileDescriptor file(::memfd_create(kName, MFD_CLOEXEC | MFD_EXEC));
  if (!file.is_open() && errno == EINVAL) file = FileDescriptor(::memfd_create(kName, MFD_CLOEXEC));
  return file.is_open() && file.write_all(launcher_bytes()) ? std::move(file) : FileDescriptor(-1);
}

/// Whether programs in that folder can be run.
bool allows_programs(const char* folder) {
  struct statvfs status = {};
  return ::statvfs(folder, &status) == 0 && (status.f_flag & ST_NOEXEC) == 0;
}

FileDescriptor make_temporary_in(const char* folder) {
  std::string path = fmt::format("{}/{}-XXXXXX", folder, kName);
  FileDescriptor writing(::mkostemp(path.data(), O_CLOEXEC));
  if (!writing.is_open()) return writing;
  // No descriptor may have it open for writing while it runs, so it is opened again.
  const bool written = writing.write_all(launcher_bytes()) && ::fchmod(writing.number(), 0500) == 0;
  writing = FileDescriptor(-1);
  FileDescriptor reading(written ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : -1);
  ::unlink(path.c_str());
  return reading;
}

FileDescriptor make_temporary() {
  const std::array<const char*, 5> folders = {std::getenv("TMPDIR"), std::getenv("XDG_RUNTIME_DIR"), "/tmp", "/dev/shm",
                                              "/var/tmp"};
  for (const char* folder : folders) {
    if (folder == nullptr || !allows_programs(folder)) continue;
    FileDescriptor file = make_temporary_in(folder);
    if (file.is_open()) return file;
  }
  throw Error(
      "cannot start the launcher: the kernel does not run programs from memory, and no temporary folder is writable "
      "and allows programs; set TMPDIR to one that is");
}

/// Released however its use ends.
struct SpawnPlan {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  SpawnPlan() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
};

void set_signals(posix_spawnattr_t& attributes) {
  sigset_t signals;
  sigfillset(&signals);
  ::posix_spawnattr_setsigdefault(&attributes, &signals);
  sigemptyset(&signals);
  ::posix_spawnattr_setsigmask(&attributes, &signals);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

/// A descriptor above those that the program expects, so that placing one never closes another.
FileDescriptor raised(int file) {
  FileDescriptor copy(::fcntl(file, F_DUPFD_CLOEXEC, launcher::kMailbox + 1));
  if (!copy.is_open()) throw system_error("start", "the launcher", errno);
  return copy;
}

/// As exec takes them.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

std::string_view launcher_bytes() {
  return {assay_launcher_begin, static_cast<std::size_t>(assay_launcher_end - assay_launcher_begin)};
}

LauncherImage LauncherImage::in_memory() {
  FileDescriptor file = make_in_memory();
  return file.is_open() ? LauncherImage(std::move(file)) : in_temporary_folder();
}

LauncherImage LauncherImage::in_temporary_folder() {
  return LauncherImage(make_temporary());
}

std::string LauncherImage::path() const {
  return fmt::format("/proc/{}/fd/{}", ::getpid(), file_.number());
}

pid_t LauncherImage::start(const Start& start) {
  SpawnPlan plan;
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    ::posix_spawn_file_actions_addopen(&plan.actions, stream, "/dev/null", O_RDWR, 0);
  }
  std::vector<FileDescriptor> given;
  for (const int descriptor : start.descriptors) {
    const int place = launcher::kSocket + static_cast<int>(given.size());
    given.push_back(raised(descriptor));
    ::posix_spawn_file_actions_adddup2(&plan.actions, given.back().number(), place);
  }
  set_signals(plan.attributes);

  std::vector<std::string> words = start.arguments;
  words.insert(words.begin(), kName);
  std::vector<std::string> variables = start.environment;
  const std::vector<char*> arguments = pointers_to(words);
  const std::vector<char*> environment = pointers_to(variables);
  pid_t pid = -1;
  const auto spawn = [&] {
    return ::posix_spawn(&pid, path().c_str(), &plan.actions, &plan.attributes, arguments.data(), environment.data());
  };
  int refused = spawn();
  if (refused != 0) {
    // The kernel may be configured not to run programs from memory (vm.memfd_noexec).
    *this = in_temporary_folder();
    refused = spawn();
  }
  if (refused != 0) throw system_error("start", "the launcher", refused);
  return pid;
}

}  // namespace assay::host
