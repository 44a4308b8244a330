#include <algorithm>
#include <vector>

#include "core/assert.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {
namespace {

/// What a child of the launcher is before it becomes a program: the launcher. With an argument it does nothing. Its file
/// in /proc/PID/fd of this program cannot be opened by a launcher that hides a folder in a user namespace of its own.
constexpr const char* kLauncherItself = "/proc/self/exe";

std::vector<nanoseconds> wall_times(Launcher& launcher, int count) {
  ProcessRequest request;
  request.argv = {kLauncherItself, "nothing"};
  request.working_directory = "/";
  std::vector<nanoseconds> walls;
  walls.reserve(static_cast<std::size_t>(count));
  for (int trial = 0; trial < count; ++trial) walls.push_back(launcher.run(request).usage.wall);
  return walls;
}

}  // namespace

nanoseconds spawn_floor(Launcher& launcher, int count) {
  ASSAY_ASSERT(count > 0);
  const std::vector<nanoseconds> walls = wall_times(launcher, count);
  return *std::min_element(walls.begin(), walls.end());
}

}  // namespace assay::host
