#include "core/host/process/shared_objects.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <linux/mount.h>
#include <sstream>
#include <string_view>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/cgroups.hpp"
#include "core/host/process/process_table.hpp"

namespace assay::host {
namespace {

/// One table of /proc/sysvipc: where its lines say who made an object.
struct Table {
  const char* path;
  const char* what;
  std::size_t user;
  std::size_t maker;  ///< 0: it does not say
};
constexpr std::array kSharedTables = {Table{"/proc/sysvipc/shm", "shared memory", 9, 4},
                                      Table{"/proc/sysvipc/msg", "message queue", 9, 0},
                                      Table{"/proc/sysvipc/sem", "semaphores", 6, 0}};

std::vector<std::string> columns_of(const std::string& line) {
  std::istringstream words(line);
  std::vector<std::string> columns;
  for (std::string word; words >> word;) columns.push_back(std::move(word));
  return columns;
}

long number(const std::vector<std::string>& columns, std::size_t index) {
  long value = -1;
  if (index >= columns.size()) return value;
  const std::string& text = columns[index];
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool is_alive(long process) {
  return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

void add_objects_of(const Table& table, Makers makers, std::set<std::string>& objects) {
  for (const std::string& line : read_kernel_lines(table.path)) {
    const std::vector<std::string> columns = columns_of(line);
    if (number(columns, table.user) != static_cast<long>(::geteuid())) continue;
    const bool has_maker = table.maker != 0 && is_alive(number(columns, table.maker));
    if (makers == Makers::gone && has_maker) continue;
    objects.insert(fmt::format("{} {} (id {})", table.what, columns[0], columns[1]));
  }
}

/// Keys that hold something; keyrings come and go with sessions.
void add_keys(std::set<std::string>& objects) {
  constexpr std::size_t kUser = 5;
  constexpr std::size_t kKind = 7;
  for (const std::string& line : read_kernel_lines("/proc/keys")) {
    const std::vector<std::string> columns = columns_of(line);
    if (columns.size() <= kKind + 1 || number(columns, kUser) != static_cast<long>(::geteuid())) continue;
    const std::string& kind = columns[kKind];
    if (kind == "user" || kind == "logon" || kind == "big_key") {
      objects.insert(fmt::format("key {} ({})", columns[0], columns[kKind + 1]));
    }
  }
}

/// Whether this is the file system of message queues, and not an empty folder at its place.
bool lists_queues(const FileDescriptor& folder) {
  struct statfs status {};
  constexpr decltype(status.f_type) kQueues = 0x19800202;
  return ::fstatfs(folder.number(), &status) == 0 && status.f_type == kQueues;
}

/// Where the message queues of POSIX can be listed: a file system that is often mounted nowhere. Root may open it all
/// the same, without a place. Empty if nobody lets this process see them.
FileDescriptor folder_of_queues() {
  constexpr int kListed = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  if (FileDescriptor mounted(::open("/dev/mqueue", kListed)); mounted.is_open() && lists_queues(mounted))
    return mounted;
  const FileDescriptor opened(static_cast<int>(::syscall(SYS_fsopen, "mqueue", FSOPEN_CLOEXEC)));
  if (!opened.is_open()) return FileDescriptor(-1);
  if (::syscall(SYS_fsconfig, opened.number(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0)
    return FileDescriptor(-1);
  const FileDescriptor unplaced(static_cast<int>(::syscall(SYS_fsmount, opened.number(), FSMOUNT_CLOEXEC, 0)));
  if (!unplaced.is_open()) return FileDescriptor(-1);
  return FileDescriptor(::openat(unplaced.number(), ".", kListed));
}

void add_queues(std::set<std::string>& objects) {
  const FileDescriptor folder = folder_of_queues();
  if (!folder.is_open()) return;
  std::error_code unreadable;
  std::filesystem::directory_iterator queue(fmt::format("/proc/self/fd/{}", folder.number()), unreadable);
  for (; !unreadable && queue != std::filesystem::directory_iterator(); queue.increment(unreadable)) {
    objects.insert("message queue /" + queue->path().filename().string());
  }
}

}  // namespace

std::set<std::string> shared_objects(Makers makers) {
  std::set<std::string> objects;
  for (const Table& table : kSharedTables) add_objects_of(table, makers, objects);
  add_keys(objects);
  add_queues(objects);
  const CgroupsListed listed = makers == Makers::gone ? CgroupsListed::unused : CgroupsListed::all;
  for (const std::string& group : cgroups_of_user("", listed)) objects.insert("control group " + group);
  return objects;
}

std::set<unsigned> users_of_processes() {
  std::set<unsigned> users;
  for (const pid_t process : all_processes()) {
    struct stat status {};
    if (::stat(fmt::format("/proc/{}", process).c_str(), &status) == 0) users.insert(status.st_uid);
  }
  return users;
}

bool was_given_away(const std::string& path) {
  struct stat status {};
  if (::geteuid() != 0 || ::lstat(path.c_str(), &status) != 0) return false;
  return !users_of_processes().contains(status.st_uid);
}

}  // namespace assay::host
