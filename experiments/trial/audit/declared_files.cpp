#include "experiments/trial/audit/declared_files.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>

#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kMoment{10};
/// The file clock ticks every 4 or 10 ms. Some file systems keep only every second second.
constexpr std::chrono::milliseconds kTick{20};
constexpr std::chrono::seconds kCoarsest{2};

/// Whether the time is certainly before the moment, as far as it is kept.
bool is_before(fs::file_time_type time, fs::file_time_type moment) {
  const bool is_fine = time.time_since_epoch() % std::chrono::seconds(1) != fs::file_time_type::duration::zero();
  return time < moment - (is_fine ? fs::file_time_type::duration(kTick) : fs::file_time_type::duration(kCoarsest));
}

std::optional<fs::file_time_type> time_of(const std::string& path) {
  std::error_code failure;
  const fs::file_time_type time = fs::last_write_time(path, failure);
  if (failure) return std::nullopt;
  return time;
}

}  // namespace

DeclaredFiles::DeclaredFiles(const std::string& folder, std::vector<std::string> files) {
  for (std::string& name : files) {
    std::string path = path_in(folder, name);
    files_.push_back({std::move(name), std::move(path), false, 0});
  }
}

void DeclaredFiles::age() {
  aged_at_ = fs::file_time_type::clock::now().time_since_epoch().count();
  for (Aged& file : files_) {
    const std::optional<fs::file_time_type> time = time_of(file.path);
    file.existed = time.has_value();
    if (!time) continue;
    std::error_code not_ours;  // then its own time has to do
    fs::last_write_time(file.path, *time - kMoment, not_ours);
    file.stamp = time_of(file.path).value_or(*time).time_since_epoch().count();
  }
}

std::vector<std::string> DeclaredFiles::untouched() const {
  std::vector<std::string> names;
  for (const Aged& file : files_) {
    const std::optional<fs::file_time_type> time = time_of(file.path);
    if (file.existed && time && time->time_since_epoch().count() == file.stamp) names.push_back(file.name);
  }
  return names;
}

std::vector<std::string> DeclaredFiles::older() const {
  const fs::file_time_type aged_at{fs::file_time_type::duration(aged_at_)};
  std::vector<std::string> names;
  for (const Aged& file : files_) {
    const std::optional<fs::file_time_type> time = time_of(file.path);
    const bool is_as_it_was = file.existed && time && time->time_since_epoch().count() == file.stamp;
    if (time && !is_as_it_was && is_before(*time, aged_at)) names.push_back(file.name);
  }
  return names;
}

}  // namespace assay::trial
