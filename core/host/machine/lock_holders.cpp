#include "core/host/machine/lock_holders.hpp"

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/ancestry.hpp"
#include "core/text/parsed_number.hpp"
#include "core/text/utf8.hpp"

namespace assay::host {
namespace {

namespace fs = std::filesystem;

/// What /proc/self/ns/pid points to in the first namespace of processes, from which all others are seen
/// (PROC_PID_INIT_INO of the kernel).
constexpr std::string_view kFirstNamespace = "pid:[4026531836]";
/// The name that the kernel has for this program if nobody renamed it.
constexpr std::string_view kProgram = "assay";

/// An exclusive lock of a whole file by flock(2).
struct ExclusiveLock {
  pid_t process = 0;
  ino_t file = 0;
};

/// From a line such as "1: FLOCK  ADVISORY  WRITE 4711 fe:00:1095 0 EOF" (proc_locks(5)). A line of a process that
/// waits for a lock has "->" behind its number.
std::optional<ExclusiveLock> exclusive_lock(const std::string& line) {
  std::vector<std::string> words = words_of(line, ' ');
  std::erase(words, "");
  if (words.size() < 6 || words[1] != "FLOCK" || words[3] != "WRITE") return std::nullopt;
  const std::string& file = words[5];
  const auto process = parsed_number<pid_t>(words[4]);
  const auto inode = parsed_number<ino_t>(std::string_view(file).substr(file.rfind(':') + 1));
  if (!process || *process <= 0 || !inode) return std::nullopt;
  return ExclusiveLock{*process, *inode};
}

/// Whether a measuring lock of this host has this name; those of other Slurm nodes have others.
bool is_lock_of_this_host(const fs::path& file, const std::string& root) {
  const char* const node = std::getenv("SLURMD_NODENAME");
  const std::string boot = read_kernel_line(root + "/proc/sys/kernel/random/boot_id");
  return file.filename() == fmt::format("assay-{}{}{}.lock", boot, node == nullptr || *node == '\0' ? "" : "-",
                                        node == nullptr ? "" : node);
}

/// What a process tells of its open files.
struct OpenFiles {
  bool may_be_seen = true;
  std::optional<std::string> lock;  ///< of the measuring lock that it holds: what its file says, and its path
};

/// What the holder wrote into the lock's file. Anybody may write there, so it is made printable.
std::string said_in(const std::string& file, pid_t process) {
  constexpr std::size_t kLongest = 200;
  std::string said;
  try {
    said = read_file_start(file, kLongest);
  } catch (const Error&) {
    // It says the same of itself as one that has not written yet.
  }
  return said.empty() ? fmt::format("pid {}", process) : printable(said);
}

OpenFiles open_files(const ExclusiveLock& held, const std::string& root) {
  OpenFiles files;
  std::error_code failure;
  fs::directory_iterator entry(fmt::format("{}/proc/{}/fd", root, held.process), failure);
  files.may_be_seen = !failure;
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    std::error_code gone;
    const fs::path path = fs::read_symlink(entry->path(), gone);
    struct stat status {};
    if (gone || !is_lock_of_this_host(path, root) || ::stat(entry->path().c_str(), &status) != 0) continue;
    if (status.st_ino == held.file) {
      files.lock = fmt::format("{} (lock {})", said_in(entry->path(), held.process), printable(path.string()));
    }
  }
  return files;
}

std::string why_others_are_hidden(const std::string& root) {
  std::error_code failure;
  const fs::path space = fs::read_symlink(root + "/proc/self/ns/pid", failure);
  if (failure || space == kFirstNamespace) return "";
  return "processes outside this container cannot be seen";
}

}  // namespace

LockHolders find_lock_holders(const std::string& root) {
  LockHolders holders;
  if (::access((root + "/proc/locks").c_str(), R_OK) != 0) {
    holders.not_told = "/proc/locks cannot be read";
    return holders;
  }
  holders.not_told = why_others_are_hidden(root);
  std::set<pid_t> told;
  for (const std::string& line : read_kernel_lines(root + "/proc/locks")) {
    const std::optional<ExclusiveLock> held = exclusive_lock(line);
    if (!held || held->process == ::getpid() || told.contains(held->process) || is_ancestor(held->process)) continue;
    const OpenFiles files = open_files(*held, root);
    const std::string program = read_kernel_line(fmt::format("{}/proc/{}/comm", root, held->process));
    if (files.lock) {
      holders.found.push_back({*files.lock});
    } else if (!files.may_be_seen && program == kProgram) {
      holders.found.push_back({fmt::format("pid {}, {} of another user", held->process, kProgram)});
    } else {
      continue;
    }
    told.insert(held->process);
  }
  return holders;
}

}  // namespace assay::host
