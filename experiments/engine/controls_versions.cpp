#include "experiments/engine/controls_versions.hpp"

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

namespace assay::engine {
namespace {

namespace fs = std::filesystem;

bool is_file_or_link(const fs::path& path) {
  std::error_code ignored;
  const fs::file_status status = fs::symlink_status(path, ignored);
  return fs::is_regular_file(status) || fs::is_symlink(status);
}

}  // namespace

ControlsVersions::ControlsVersions(fs::path control, fs::path treatment, const std::vector<std::string>& paths,
                                   const std::string& scratch)
    : treatment_(std::move(treatment)), paths_(paths), scratch_(scratch) {
  std::error_code ignored;
  fs::create_directories(scratch_);
  for (std::size_t index = 0; index < paths_.size(); ++index) {
    const fs::path place = treatment_ / paths_[index];
    if (is_file_or_link(place)) fs::rename(place, kept(index));
    if (!is_file_or_link(control / paths_[index])) continue;
    fs::create_directories(place.parent_path(), ignored);
    fs::copy(control / paths_[index], place, fs::copy_options::copy_symlinks, ignored);
  }
}

ControlsVersions::~ControlsVersions() {
  std::error_code ignored;
  // Newer than what was made of control's version meanwhile, so that a build makes it again; by a whole second, since
  // some tools compare seconds and sizes only.
  const auto restored = std::max(fs::file_time_type::clock::now(), placed_ + std::chrono::seconds(1));
  bool is_any_restored = false;
  for (std::size_t index = 0; index < paths_.size(); ++index) {
    const fs::path place = treatment_ / paths_[index];
    if (is_file_or_link(place)) fs::remove(place, ignored);
    if (!is_file_or_link(kept(index))) continue;
    fs::rename(kept(index), place, ignored);
    if (!fs::is_symlink(fs::symlink_status(place, ignored))) fs::last_write_time(place, restored, ignored);
    is_any_restored = true;
  }
  // As long as a file is newer than now, make builds again in each trial what depends on it.
  if (is_any_restored) std::this_thread::sleep_until(restored);
}

}  // namespace assay::engine
