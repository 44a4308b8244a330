#include "core/host/files/access_times.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <tuple>
#include <utility>

#include "core/host/files/files.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

/// A Unix time in seconds that lies before that of any file.
constexpr time_t kLongAgo = 1;

std::optional<struct stat> plain_status(const std::string& path) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return status;
}

bool is_later(const timespec& one, const timespec& other) {
  return std::tie(one.tv_sec, one.tv_nsec) > std::tie(other.tv_sec, other.tv_nsec);
}

}  // namespace

void forget_reading(const std::string& path) {
  std::array<timespec, 2> times{};
  times[0].tv_sec = kLongAgo;
  times[1].tv_nsec = UTIME_OMIT;
  if (::utimensat(AT_FDCWD, path.c_str(), times.data(), 0) != 0) throw system_error("set the times of", path, errno);
}

bool was_read(const std::string& path) {
  struct stat status = {};
  return ::stat(path.c_str(), &status) == 0 && status.st_atim.tv_sec != kLongAgo;
}

bool keeps_access_times(const std::string& folder) {
  const TemporaryFolder scratch(folder, "assay-");
  const std::string file = scratch.path() + "/probe";
  write_file_atomically(file, "x");
  forget_reading(file);
  (void)read_file(file);
  return was_read(file);
}

Readings::Readings(std::string folder, const std::set<std::string>& paths) : folder_(std::move(folder)) {
  for (const std::string& path : paths) {
    const std::string whole = folder_ + '/' + path;
    std::optional<struct stat> status = plain_status(whole);
    if (!status) continue;
    // With `relatime`, the next reading changes the access time only if it is not later than the last change.
    if (is_later(status->st_atim, status->st_mtim) || is_later(status->st_atim, status->st_ctim)) {
      forget_reading(whole);
      status = plain_status(whole);
    }
    if (status) at_first_.emplace(path, status->st_atim);
  }
}

std::set<std::string> Readings::so_far() const {
  std::set<std::string> read;
  for (const auto& [path, at_first] : at_first_) {
    const std::optional<struct stat> status = plain_status(folder_ + '/' + path);
    const bool is_same =
        status && status->st_atim.tv_sec == at_first.tv_sec && status->st_atim.tv_nsec == at_first.tv_nsec;
    if (status && !is_same) read.insert(path);
  }
  return read;
}

}  // namespace assay::host
