#include "core/host/machine/disk_sampler.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <string_view>
#include <sys/statvfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/files/served_file_system.hpp"
#include "core/host/machine/clock.hpp"

namespace assay::host {
namespace {

constexpr std::chrono::milliseconds kShortestDiskPause(10);
constexpr int kDiskPauseToCost = 200;
/// The kernel gathers up to this many pages on each CPU before it adds them to its counter (mm/vmstat.c).
constexpr std::int64_t kUncountedPages = 125;
constexpr std::int64_t kShareOfOthers = 20;

std::int64_t page_size() {
  return ::sysconf(_SC_PAGESIZE);
}

/// Pages that processes made dirty since boot.
std::int64_t dirtied_pages() {
  constexpr std::string_view kName = "nr_dirtied ";
  for (const std::string& line : read_kernel_lines("/proc/vmstat")) {
    if (line.compare(0, kName.size(), kName) != 0) continue;
    std::int64_t pages = 0;
    std::from_chars(line.data() + kName.size(), line.data() + line.size(), pages);
    return pages;
  }
  return 0;
}

/// The types of file systems on block devices, and those that lie on one without saying so: /proc/filesystems marks all
/// others with "nodev".
std::set<std::string> disk_types(const std::string& root) {
  std::set<std::string> types = {"overlay", "zfs"};
  for (const std::string& line : read_kernel_lines(root + "/proc/filesystems")) {
    const std::size_t tab = line.find('\t');
    if (tab == 0) types.insert(line.substr(1));
  }
  return types;
}

bool is_writable(const std::string& options) {
  const std::vector<std::string> words = words_of(options, ',');
  return std::find(words.begin(), words.end(), "rw") != words.end();
}

}  // namespace

struct DiskSampler::Disk {
  std::string mount_point;
  struct statvfs at_start {};
  [[nodiscard]] std::int64_t growth() const {
    struct statvfs now {};
    if (::statvfs(mount_point.c_str(), &now) != 0) return 0;
    const auto free_bytes = [](const struct statvfs& status) {
      return static_cast<std::int64_t>(status.f_bfree * status.f_frsize);
    };
    return std::max<std::int64_t>(0, free_bytes(at_start) - free_bytes(now));
  }
};

std::vector<std::string> writable_disks(const std::string& root) {
  const std::set<std::string> types = disk_types(root);
  std::set<std::string> devices;
  std::vector<std::string> mount_points;
  // "26 1 254:0 FOLDER MOUNT_POINT OPTIONS [TAGS] - TYPE SOURCE SUPER_OPTIONS" (proc(5)).
  for (const std::string& line : read_kernel_lines(root + "/proc/self/mountinfo")) {
    const std::vector<std::string> words = words_of(line, ' ');
    const auto dash = std::find(words.begin(), words.end(), "-");
    if (words.size() < 6 || words.end() - dash < 4) continue;
    if (types.count(dash[1]) == 0 || !is_writable(words[5]) || !is_writable(dash[3])) continue;
    if (devices.insert(words[2]).second) mount_points.push_back(words[4]);
  }
  return mount_points;
}

DiskGrowth disk_growth_of(const DiskFigures& figures) {
  const std::int64_t others = figures.all_writes.count - figures.own_writes.count;
  const std::int64_t passed_over = figures.uncertainty.count + figures.growth.count / kShareOfOthers;
  if (others <= passed_over) return figures.growth;
  return fmt::format("others wrote {} to disks meanwhile, so that its growth is shared with others",
                     format_bytes(static_cast<double>(others)));
}

DiskSampler::DiskSampler(const std::string& folder) : is_served_(is_on_served_file_system(folder)), due_() {
  for (const std::string& mount_point : writable_disks("")) {
    Disk disk{mount_point};
    if (::statvfs(mount_point.c_str(), &disk.at_start) != 0) continue;
    // An overlay shows the figures of the disk that it lies on.
    const bool is_known = std::any_of(disks_.begin(), disks_.end(), [&disk](const Disk& known) {
      return known.at_start.f_blocks == disk.at_start.f_blocks && known.at_start.f_files == disk.at_start.f_files &&
             known.at_start.f_bfree == disk.at_start.f_bfree;
    });
    if (!is_known) disks_.push_back(std::move(disk));
  }
  dirtied_at_start_ = dirtied_pages();
  due_ = monotonic_time() + kShortestDiskPause;
}

DiskSampler::~DiskSampler() = default;

void DiskSampler::look() {
  const nanoseconds begin = monotonic_time();
  std::int64_t growth = 0;
  for (const Disk& disk : disks_) growth += disk.growth();
  peak_ = std::max(peak_, growth);
  const nanoseconds end = monotonic_time();
  due_ = end + std::max<nanoseconds>(kShortestDiskPause, kDiskPauseToCost * (end - begin));
}

DiskGrowth DiskSampler::finish(Bytes own_writes) {
  look();
  if (is_served_) return "the trial works on a file system that other hosts serve, so that its growth is shared";
  if (disks_.empty()) return "no disk that can be written is mounted here";
  const std::int64_t cpus = std::max<std::int64_t>(1, ::sysconf(_SC_NPROCESSORS_ONLN));
  return disk_growth_of({.growth = {peak_},
                         .own_writes = own_writes,
                         .all_writes = {(dirtied_pages() - dirtied_at_start_) * page_size()},
                         .uncertainty = {kUncountedPages * cpus * page_size()}});
}

}  // namespace assay::host
