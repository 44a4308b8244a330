#include "core/host/files/cache.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <fcntl.h>
#include <filesystem>
#include <linux/magic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/file_descriptor.hpp"
#include "core/host/files/file_status.hpp"
#include "core/host/files/kernel_files.hpp"
#include "core/host/files/regular_file.hpp"

namespace assay::host {
namespace {

/// cachestat(2), newer than the C library's headers; the number is the same on every architecture.
constexpr long kCacheStatCall = 451;
struct CacheStatRange {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;  ///< 0: to the end of the file
};
struct CacheStat {
  std::uint64_t cached = 0;
  std::uint64_t dirty = 0;
  std::uint64_t in_writeback = 0;
  std::uint64_t evicted = 0;
  std::uint64_t recently_evicted = 0;
};

std::int64_t page_bytes() {
  static const std::int64_t bytes = ::sysconf(_SC_PAGESIZE);
  return bytes;
}

std::optional<std::int64_t> pages_by_cachestat(int file) {
  CacheStatRange all;
  CacheStat found;
  if (::syscall(kCacheStatCall, file, &all, &found, 0) != 0) return std::nullopt;
  return static_cast<std::int64_t>(found.cached);
}

/// Counts resident pages through a mapping that is never touched. It works in pieces, because the answer takes a byte
/// for each page.
std::optional<std::int64_t> pages_by_mincore(int file, std::int64_t size) {
  constexpr std::int64_t kPiece = std::int64_t{1} << 30;
  std::int64_t pages = 0;
  std::vector<unsigned char> present;
  for (std::int64_t offset = 0; offset < size; offset += kPiece) {
    const auto length = static_cast<std::size_t>(std::min(kPiece, size - offset));
    void* const place = ::mmap(nullptr, length, PROT_NONE, MAP_SHARED, file, offset);
    if (place == MAP_FAILED) return std::nullopt;
    present.resize((length + static_cast<std::size_t>(page_bytes()) - 1) / static_cast<std::size_t>(page_bytes()));
    const bool told = ::mincore(place, length, present.data()) == 0;
    ::munmap(place, length);
    if (!told) return std::nullopt;
    pages += std::count_if(present.begin(), present.end(), [](unsigned char page) { return (page & 1) != 0; });
  }
  return pages;
}

/// The low 32 bits of f_type of statfs(2); the kernel treats some of them as negative numbers.
std::uint32_t file_system_of(int file) {
  struct statfs system {};
  return ::fstatfs(file, &system) == 0 ? static_cast<std::uint32_t>(system.f_type) : 0;
}

bool is_memory(std::uint32_t file_system) {
  return file_system == TMPFS_MAGIC || file_system == RAMFS_MAGIC;
}

bool counts_reads(std::uint32_t file_system) {
  constexpr std::array<std::uint32_t, 6> kRemote = {NFS_SUPER_MAGIC,  V9FS_MAGIC,       FUSE_SUPER_MAGIC,
                                                    CIFS_SUPER_MAGIC, SMB2_SUPER_MAGIC, CEPH_SUPER_MAGIC};
  return std::find(kRemote.begin(), kRemote.end(), file_system) == kRemote.end();
}

/// Whether mincore reports the truth to this user (mm/mincore.c, can_do_mincore).
bool may_ask_mincore(const std::string& path, const struct stat& status) {
  return status.st_uid == ::geteuid() || is_writable(path);
}

}  // namespace

FileResidency residency_of(const std::string& path) {
  const FileDescriptor file = open_regular_file("look at", path);
  struct stat status {};
  if (::fstat(file.number(), &status) != 0) throw Error(fmt::format("cannot look at {}", path));
  const std::uint32_t file_system = file_system_of(file.number());
  FileResidency residency;
  residency.size = {status.st_size};
  residency.in_memory_alone = is_memory(file_system);
  residency.reads_are_counted = counts_reads(file_system);
  if (status.st_size == 0) {
    residency.resident = Bytes{0};
    return residency;
  }
  if (residency.in_memory_alone) {
    residency.untold = "is on tmpfs, which keeps its files in memory";
    return residency;
  }
  std::optional<std::int64_t> pages = pages_by_cachestat(file.number());
  if (!pages && may_ask_mincore(path, status)) pages = pages_by_mincore(file.number(), status.st_size);
  if (pages) {
    residency.resident = Bytes{std::min<std::int64_t>(*pages * page_bytes(), status.st_size)};
  } else {
    residency.untold = "belongs to another user, and this kernel reports residency only to the owner";
  }
  return residency;
}

void evict(const std::string& path) {
  const FileDescriptor file = open_regular_file("put out of memory", path);
  (void)::posix_fadvise(file.number(), 0, 0, POSIX_FADV_DONTNEED);
  const std::optional<std::int64_t> left = pages_by_cachestat(file.number());
  if (left == 0) return;
  // Dirty pages were skipped. They are written only now, because fsync may flush the cache of the disk: a millisecond
  // for each file.
  (void)::fsync(file.number());
  (void)::posix_fadvise(file.number(), 0, 0, POSIX_FADV_DONTNEED);
}

CacheDrop drop_page_cache() {
  try {
    ::sync();
    const FileDescriptor knob = FileDescriptor::open("open", "/proc/sys/vm/drop_caches", O_WRONLY);
    return knob.write_all("1") ? CacheDrop::dropped : CacheDrop::not_allowed;
  } catch (const Error&) {
    return CacheDrop::not_allowed;
  }
}

std::optional<Bytes> fetched_since_boot() {
  constexpr std::string_view kKey = "pgpgin ";
  constexpr std::int64_t kUnit = 1024;
  for (const std::string& line : read_kernel_lines("/proc/vmstat")) {
    if (!line.starts_with(kKey)) continue;
    std::int64_t count = 0;
    const auto [end, failure] = std::from_chars(line.data() + kKey.size(), line.data() + line.size(), count);
    if (failure == std::errc{}) return Bytes{count * kUnit};
  }
  return std::nullopt;
}

}  // namespace assay::host
