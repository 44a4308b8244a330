#include "core/host/machine/costs.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_descriptor.hpp"
#include "core/host/machine/clock.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

void start_once(const std::string& program) {
  std::string name = program;
  std::array<char*, 2> arguments = {name.data(), nullptr};
  pid_t child = 0;
  if (const int failure = ::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments.data(), environ))
    throw system_error("start", program, failure);
  int status = 0;
  while (::wait4(child, &status, 0, nullptr) < 0) {
    if (errno != EINTR) throw system_error("wait for", program, errno);
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) throw Error(fmt::format("{} did not exit with 0", program));
}

}  // namespace

nanoseconds median_of(std::vector<nanoseconds> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

ClockCosts clock_costs() {
  constexpr int kReadings = 10000;
  nanoseconds smallest = nanoseconds::max();
  const nanoseconds begin = monotonic_time();
  nanoseconds last = begin;
  for (int reading = 0; reading < kReadings; ++reading) {
    const nanoseconds now = monotonic_time();
    if (now > last) smallest = std::min(smallest, now - last);
    last = now;
  }
  return {.resolution = smallest, .reading = (last - begin) / kReadings};
}

nanoseconds bare_start(const std::string& program, int count) {
  std::vector<nanoseconds> times;
  for (int run = 0; run < count; ++run) {
    const nanoseconds begin = monotonic_time();
    start_once(program);
    times.push_back(monotonic_time() - begin);
  }
  return median_of(std::move(times));
}

nanoseconds sync_time(const std::string& folder, int count) {
  std::string path = folder + "/.assay-doctor-XXXXXX";
  const FileDescriptor file(::mkostemp(path.data(), O_CLOEXEC));
  if (!file.is_open()) throw system_error("write a file in", folder, errno);
  ::unlink(path.c_str());
  const std::string block(4096, 'x');
  std::vector<nanoseconds> times;
  for (int run = 0; run < count; ++run) {
    const nanoseconds begin = monotonic_time();
    if (::pwrite(file.number(), block.data(), block.size(), 0) != static_cast<ssize_t>(block.size()) ||
        ::fdatasync(file.number()) != 0) {
      throw system_error("write a file in", folder, errno);
    }
    times.push_back(monotonic_time() - begin);
  }
  return median_of(std::move(times));
}

}  // namespace assay::host
