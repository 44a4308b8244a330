#include <algorithm>
#include <vector>

#include "core/assert.hpp"
#include "core/error.hpp"
#include "core/host/process/launcher_image.hpp"
#include "core/host/process/process.hpp"

namespace assay::host {
namespace {

std::vector<nanoseconds> wall_times(Launcher& launcher, const LauncherImage& image, int count) {
  ProcessRequest request;
  // If it has an argument, the launcher program does nothing.
  request.argv = {image.path(), "nothing"};
  request.working_directory = "/";
  std::vector<nanoseconds> walls;
  walls.reserve(static_cast<std::size_t>(count));
  for (int trial = 0; trial < count; ++trial) walls.push_back(launcher.run(request).usage.wall);
  return walls;
}

std::vector<nanoseconds> wall_times(Launcher& launcher, int count) {
  try {
    return wall_times(launcher, LauncherImage::in_memory(), count);
  } catch (const Error&) {
    // The kernel may be configured not to run programs from memory.
    return wall_times(launcher, LauncherImage::in_temporary_folder(), count);
  }
}

}  // namespace

nanoseconds spawn_floor(Launcher& launcher, int count) {
  ASSAY_ASSERT(count > 0);
  const std::vector<nanoseconds> walls = wall_times(launcher, count);
  return *std::min_element(walls.begin(), walls.end());
}

}  // namespace assay::host
