#pragma once

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <string_view>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/host/span/ring_layout.hpp"

/// Kept out of the way of what every span does.
#define ASSAY_SPAN_SELDOM __attribute__((noinline, cold))

namespace assay::host::span_ring {

inline std::uint64_t word_at(const char* bytes, std::size_t size) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes, size);
  return word;
}

/// The last word overlaps the one before it: a loop over the remaining bytes took longer than all the words.
inline std::uint64_t hash_of(std::string_view name) noexcept {
  constexpr std::uint64_t kFactor = 0x9e3779b97f4a7c15;
  constexpr std::size_t kWord = sizeof(std::uint64_t);
  std::uint64_t hash = name.size() * kFactor;
  const char* const bytes = name.data();
  const std::size_t size = name.size();
  for (std::size_t at = 0; at + kWord < size; at += kWord) hash = (hash ^ word_at(bytes + at, kWord)) * kFactor;
  std::uint64_t last = 0;
  if (size >= kWord) {
    last = word_at(bytes + size - kWord, kWord);
  } else if (size >= 4) {
    last = word_at(bytes, 4) << 32 | word_at(bytes + size - 4, 4);
  } else {
    for (const char byte : name) last = last << 8 | static_cast<unsigned char>(byte);
  }
  hash = (hash ^ last) * kFactor;
  return hash ^ (hash >> 32);
}

/// One process's view of a ring (ring_layout.hpp). Every function may be called from any thread, and none waits for
/// another; not from a signal handler. C++17, and no library.
class Recorder {
 public:
  /// Maps the ring in that file, which is made if need be. A ring that cannot be had is reported on standard error, and
  /// nothing is then recorded.
  explicit Recorder(const char* path) noexcept {
    if (const char* const failure = map(path)) {
      std::fprintf(stderr, "assay: no spans are recorded in %s: %s\n", path, failure);
    }
  }
  Recorder() noexcept = default;  ///< records nothing
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;
  ~Recorder() {
    if (base_ != nullptr) ::munmap(base_, kFileBytes);
  }

  [[nodiscard]] bool records() const noexcept { return base_ != nullptr; }

  /// Where the ring keeps that name, in steps of `kNameStep` from 1; 0 if it has no room for one more.
  [[nodiscard]] std::uint32_t place_of(std::string_view name) noexcept {
    auto* const index = reinterpret_cast<std::uint32_t*>(base_ + kIndexOffset);
    for (std::uint64_t at = hash_of(name);; ++at) {
      std::uint32_t* const entry = index + at % kIndexEntries;
      std::uint32_t known = __atomic_load_n(entry, __ATOMIC_ACQUIRE);
      if (known == 0) {
        const std::uint32_t added = add_name(name);
        if (added == 0) return 0;
        const bool is_first =
            __atomic_compare_exchange_n(entry, &known, added, false, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
        if (is_first) return added;
      }
      if (holds(known, name)) return known;
    }
  }

  /// A chunk for one thread to write; null if there is none. A span that then has no place is to be given to `lose`.
  [[nodiscard]] ASSAY_SPAN_SELDOM Chunk* take_chunk() noexcept {
    for (std::uint32_t& parked : parked_) {
      if (__atomic_load_n(&parked, __ATOMIC_RELAXED) == 0) continue;
      if (const std::uint32_t number = __atomic_exchange_n(&parked, 0, __ATOMIC_ACQUIRE)) return chunk(number - 1);
    }
    if (__atomic_load_n(&header().claimed, __ATOMIC_RELAXED) >= kChunks) return nullptr;
    if (__atomic_load_n(&header().unbacked, __ATOMIC_RELAXED) > 0) return nullptr;
    const std::uint64_t number = __atomic_fetch_add(&header().claimed, 1, __ATOMIC_RELAXED);
    if (number >= kChunks) return nullptr;
    if (number < __atomic_load_n(&header().backed, __ATOMIC_RELAXED) || back(number)) return chunk(number);
    return nullptr;
  }

  /// Keeps the chunk of a thread that ends for one that begins. If very many end at once, some chunks stay as they are.
  void park(const Chunk* chunk) noexcept {
    const auto number = static_cast<std::uint32_t>(chunk - this->chunk(0));
    for (std::uint32_t& parked : parked_) {
      std::uint32_t free = 0;
      if (__atomic_compare_exchange_n(&parked, &free, number + 1, false, __ATOMIC_RELEASE, __ATOMIC_RELAXED)) return;
    }
  }
  /// After a fork, parked chunks are the parent's.
  void forget_parked() noexcept {
    for (std::uint32_t& parked : parked_) parked = 0;
  }

  /// Counts a span that could not be recorded.
  ASSAY_SPAN_SELDOM void lose(std::uint32_t name) noexcept {
    Header& counts = header();
    const bool is_full = __atomic_load_n(&counts.claimed, __ATOMIC_RELAXED) >= kChunks;
    std::uint64_t& count = name == 0 ? counts.nameless : is_full ? counts.beyond_capacity : counts.unbacked;
    __atomic_fetch_add(&count, 1, __ATOMIC_RELAXED);
  }

 private:
  [[nodiscard]] Header& header() const noexcept { return *reinterpret_cast<Header*>(base_); }
  [[nodiscard]] Chunk* chunk(std::uint64_t number) const noexcept {
    return reinterpret_cast<Chunk*>(base_ + kChunksOffset) + number;
  }
  [[nodiscard]] char* name_at(std::uint64_t place) const noexcept {
    return base_ + kNamesOffset + (place - 1) * kNameStep;
  }

  [[nodiscard]] bool holds(std::uint32_t place, std::string_view name) const noexcept {
    std::uint32_t length = 0;
    std::memcpy(&length, name_at(place), sizeof length);
    return length == name.size() && std::memcmp(name_at(place) + sizeof length, name.data(), length) == 0;
  }

  [[nodiscard]] ASSAY_SPAN_SELDOM std::uint32_t add_name(std::string_view name) noexcept {
    if (name.size() > kNameBytes) return 0;
    const auto length = static_cast<std::uint32_t>(name.size());
    const std::uint64_t taken = (sizeof length + length + kNameStep - 1) / kNameStep * kNameStep;
    if (__atomic_load_n(&header().name_bytes, __ATOMIC_RELAXED) + taken > kNameBytes) return 0;
    const std::uint64_t offset = __atomic_fetch_add(&header().name_bytes, taken, __ATOMIC_RELAXED);
    if (offset + taken > kNameBytes) return 0;
    const std::uint64_t place = offset / kNameStep + 1;
    std::memcpy(name_at(place), &length, sizeof length);
    std::memcpy(name_at(place) + sizeof length, name.data(), length);
    return static_cast<std::uint32_t>(place);
  }

  /// Asks the file system for the space of the chunks up to that one: writing to a mapped file without space would end
  /// the process by SIGBUS. The file is opened anew since a program may close descriptors that it does not know.
  [[nodiscard]] bool back(std::uint64_t number) noexcept {
    const std::uint64_t first = __atomic_load_n(&header().backed, __ATOMIC_RELAXED);
    const std::uint64_t end = (number / kBackedTogether + 1) * kBackedTogether;
    const int file = ::open(path_.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    const bool given =
        file >= 0 && (first >= end || reserve(file, kChunksOffset + first * kChunkBytes, (end - first) * kChunkBytes));
    if (file >= 0) ::close(file);
    std::uint64_t known = first;
    while (given && known < end &&
           !__atomic_compare_exchange_n(&header().backed, &known, end, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
    }
    return given;
  }

  /// A file system that cannot reserve space is trusted to have some.
  [[nodiscard]] static bool reserve(int file, std::uint64_t offset, std::uint64_t bytes) noexcept {
    while (::fallocate(file, 0, static_cast<off_t>(offset), static_cast<off_t>(bytes)) != 0) {
      if (errno != EINTR) return errno == EOPNOTSUPP;
    }
    return true;
  }

  /// \returns why the ring cannot be had, or null.
  [[nodiscard]] const char* map(const char* path) noexcept {
    rlimit limit = {};
    if (::getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < kFileBytes) return "files may not be that large";
    const int file = ::open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NOFOLLOW | O_NONBLOCK, 0644);
    if (file < 0) return std::strerror(errno);
    const char* const failure = map(file);
    ::close(file);
    if (failure != nullptr) return failure;
    char* const absolute = ::realpath(path, nullptr);  // the program may change its folder
    path_ = absolute == nullptr ? path : absolute;
    std::free(absolute);
    header().magic = kMagic;
    return nullptr;
  }

  [[nodiscard]] const char* map(int file) noexcept {
    struct stat status = {};
    if (::fstat(file, &status) != 0) return std::strerror(errno);
    if (!S_ISREG(status.st_mode)) return "it is not a regular file";
    const auto size = static_cast<std::uint64_t>(status.st_size);
    std::uint64_t magic = 0;
    const ssize_t read = ::pread(file, &magic, sizeof magic, 0);
    if ((size != 0 && size != kFileBytes) || (read > 0 && magic != 0 && magic != kMagic)) {
      return "it is not a ring of this version";
    }
    // Processes that start at once all set the same size.
    if (::ftruncate(file, static_cast<off_t>(kFileBytes)) != 0) return std::strerror(errno);
    if (!reserve(file, 0, kChunksOffset)) return std::strerror(errno);
    void* const base = ::mmap(nullptr, kFileBytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (base == MAP_FAILED) return std::strerror(errno);
    base_ = static_cast<char*>(base);
    return nullptr;
  }

  char* base_ = nullptr;
  std::string path_;
  std::uint32_t parked_[64] = {};  ///< numbers of chunks, counted from 1; 0: free
};

}  // namespace assay::host::span_ring

#undef ASSAY_SPAN_SELDOM
