#include "core/host/process/shared_objects.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <filesystem>
#include <sstream>
#include <string_view>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
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

}  // namespace

std::set<std::string> shared_objects(Makers makers) {
  std::set<std::string> objects;
  for (const Table& table : kSharedTables) add_objects_of(table, makers, objects);
  add_keys(objects);
  std::error_code unreadable;
  std::filesystem::directory_iterator queue("/dev/mqueue", unreadable);
  for (; !unreadable && queue != std::filesystem::directory_iterator(); queue.increment(unreadable)) {
    objects.insert("message queue /" + queue->path().filename().string());
  }
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
