#include "core/host/files/access_times.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>

#include "core/host/files/files.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

/// A Unix time in seconds that lies before that of any file.
constexpr time_t kLongAgo = 1;

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

}  // namespace assay::host
