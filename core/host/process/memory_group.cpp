#include "core/host/process/memory_group.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <fcntl.h>
#include <filesystem>
#include <poll.h>
#include <string_view>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "core/host/files/kernel_files.hpp"
#include "core/host/machine/cgroups.hpp"

namespace assay::host {
namespace {

constexpr std::string_view kGroupPrefix = "assay-";
constexpr std::int64_t kPagesAtOnce = 64;
constexpr int kRemovalTries = 200;

std::int64_t read_number(const FileDescriptor& file) noexcept {
  std::array<char, 32> text{};
  const ssize_t length = ::pread(file.number(), text.data(), text.size(), 0);
  std::int64_t number = 0;
  if (length > 0) std::from_chars(text.data(), text.data() + length, number);
  return number;
}

/// Removes the groups of processes that were killed before they could remove them. The kernel refuses to remove a group
/// with members.
void remove_abandoned(const std::string& parent) {
  std::error_code unreadable;
  for (const auto& entry : std::filesystem::directory_iterator(parent, unreadable)) {
    const std::string name = entry.path().filename().string();
    if (name.rfind(kGroupPrefix, 0) != 0) continue;
    pid_t maker = 0;
    std::from_chars(name.data() + kGroupPrefix.size(), name.data() + name.size(), maker);
    if (maker > 0 && ::kill(maker, 0) != 0 && errno == ESRCH) ::rmdir(entry.path().c_str());
  }
}

void kill_members(const std::string& folder) {
  for (const std::string& line : read_kernel_lines(folder + "/cgroup.procs")) {
    pid_t member = 0;
    std::from_chars(line.data(), line.data() + line.size(), member);
    if (member > 0) ::kill(member, SIGKILL);
  }
}

}  // namespace

/// The differences between the two kinds of control groups.
struct MemoryGroup::Version {
  const char* source;
  const char* controller;
  const char* members;  ///< the thread list in cgroup v1: the launcher has one thread and enters without waiting
  const char* peak;
  const char* usage;
  const char* events;  ///< has a line "oom_kill NUMBER"
  std::size_t levels;  ///< how many levels above this process's group are tried
};

std::unique_ptr<MemoryGroup> MemoryGroup::make(const std::string& root) {
  static constexpr Version v1 = {.source = "cgroup v1",
                                 .controller = "memory",
                                 .members = "tasks",
                                 .peak = "memory.max_usage_in_bytes",
                                 .usage = "memory.usage_in_bytes",
                                 .events = "memory.oom_control",
                                 .levels = 1};
  static constexpr Version v2 = {.source = "cgroup v2",
                                 .controller = "",
                                 .members = "cgroup.procs",
                                 .peak = "memory.peak",
                                 .usage = "memory.current",
                                 .events = "memory.events",
                                 .levels = 2};
  for (const Version* version : {&v1, &v2}) {
    const std::vector<std::string> folders = cgroup_folders(root, version->controller);
    for (std::size_t level = 0; level < std::min(version->levels, folders.size()); ++level) {
      remove_abandoned(folders[level]);
      if (auto group = make_in(folders[level], *version)) return group;
    }
  }
  return nullptr;
}

std::unique_ptr<MemoryGroup> MemoryGroup::make_in(const std::string& parent, const Version& version) {
  static std::atomic<int> made = 0;
  const std::string folder = fmt::format("{}/{}{}-{}", parent, kGroupPrefix, ::getpid(), ++made);
  if (::mkdir(folder.c_str(), 0755) != 0) return nullptr;
  FileDescriptor peak(::open((folder + "/" + version.peak).c_str(), O_RDWR | O_CLOEXEC));
  FileDescriptor usage(::open((folder + "/" + version.usage).c_str(), O_RDONLY | O_CLOEXEC));
  if (!peak.is_open() || !usage.is_open()) {
    ::rmdir(folder.c_str());
    return nullptr;
  }
  return std::unique_ptr<MemoryGroup>(new MemoryGroup(version, folder, std::move(peak), std::move(usage)));
}

MemoryGroup::MemoryGroup(const Version& version, std::string folder, FileDescriptor peak, FileDescriptor usage)
    : source_(version.source),
      folder_(std::move(folder)),
      members_(folder_ + "/" + version.members),
      peak_(std::move(peak)),
      usage_(std::move(usage)),
      events_(::open((folder_ + "/" + version.events).c_str(), O_RDONLY | O_CLOEXEC)) {}

MemoryGroup::~MemoryGroup() {
  for (int tries = 0; ::rmdir(folder_.c_str()) != 0 && errno == EBUSY && tries < kRemovalTries; ++tries) {
    kill_members(folder_);
    ::poll(nullptr, 0, 1);
  }
}

FileDescriptor MemoryGroup::open_members() const {
  return FileDescriptor::open("enter", members_, O_WRONLY);
}

void MemoryGroup::start() noexcept {
  // Both kinds of groups take "0" as "from now on". A failure shows as a peak below the usage, or one that never falls.
  (void)!::pwrite(peak_.number(), "0", 1, 0);
  usage_at_start_ = read_number(usage_);
}

Bytes MemoryGroup::peak() const noexcept {
  const std::int64_t least = kPagesAtOnce * ::sysconf(_SC_PAGESIZE);
  return {std::max(least, read_number(peak_) - usage_at_start_)};
}

std::int64_t MemoryGroup::take_oom_kills() noexcept {
  constexpr std::string_view kLine = "\noom_kill ";
  std::array<char, 512> text{};
  const ssize_t length = events_.is_open() ? ::pread(events_.number(), text.data(), text.size(), 0) : 0;
  const std::string_view lines(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  const std::size_t at = lines.find(kLine);
  if (at == std::string_view::npos) return 0;
  std::int64_t kills = 0;
  std::from_chars(lines.data() + at + kLine.size(), lines.data() + lines.size(), kills);
  return kills - std::exchange(oom_kills_, kills);
}

}  // namespace assay::host
