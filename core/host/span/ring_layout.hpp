#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

/// How the ring of spans lies in its file: docs/formats/spans.md specifies it. <assay/span.hpp> writes it, assay reads
/// it.
///
/// Numbers are native integers. A file of zeros is an empty ring, so processes that start at once need not agree on
/// which of them prepares it. Each thread fills chunks of its own, so recording needs no shared counter. Times lie as
/// differences, in 4 to 10 bytes a span: slots of 24 bytes were tried, and touching their pages for the first time
/// took longer than all the rest.
///
/// C++17, and no other header of assay: programs that record spans include it.
namespace assay::host::span_ring {

inline constexpr std::uint64_t kMagic =
    0x3152535941535341;  ///< "ASSAYSR1" on a little-endian machine; 1 is the version
inline constexpr std::uint64_t kIndexEntries = std::uint64_t{1} << 14;  ///< a power of 2
inline constexpr std::uint64_t kNameBytes = std::uint64_t{1} << 17;
inline constexpr std::uint64_t kNameStep = 16;  ///< names start at multiples of it, so they fill at most half the index
inline constexpr std::uint64_t kChunkBytes = 4096;
inline constexpr std::uint64_t kChunks = 6144;        ///< 24 MiB
inline constexpr std::uint64_t kBackedTogether = 64;  ///< chunks for which space is asked at once

/// The start of the file.
struct Header {
  std::uint64_t magic;
  std::uint64_t name_bytes;       ///< given out, also beyond `kNameBytes`
  std::uint64_t claimed;          ///< chunks given out, also beyond `kChunks`
  std::uint64_t backed;           ///< chunks that the file system has given space for
  std::uint64_t beyond_capacity;  ///< spans lost because no chunk was left
  std::uint64_t nameless;         ///< spans lost because no room for their name was left
  std::uint64_t unbacked;         ///< spans lost because the file system had no space
};

/// Spans that one thread ended. Each is the place of its name in 2 bytes, and two numbers of variable length: its start
/// less the end of the span before it, folded, and its length.
struct Chunk {
  std::uint64_t first_ns;  ///< the first start is counted from it
  std::uint64_t last_ns;   ///< end of its last span
  std::uint64_t used;      ///< bytes of whole spans; written after them
  unsigned char bytes[kChunkBytes - 3 * sizeof(std::uint64_t)];
};
static_assert(sizeof(Chunk) == kChunkBytes);

inline constexpr std::uint64_t kIndexOffset = 4096;
inline constexpr std::uint64_t kNamesOffset = kIndexOffset + kIndexEntries * sizeof(std::uint32_t);
inline constexpr std::uint64_t kChunksOffset = kNamesOffset + kNameBytes;
inline constexpr std::uint64_t kFileBytes = kChunksOffset + kChunks * kChunkBytes;

inline constexpr std::size_t kLongestNumber = 10;  ///< bytes
inline constexpr std::size_t kLongestSpan = sizeof(std::uint16_t) + 2 * kLongestNumber;

/// Seven bits a byte, the lowest first; the top bit says that more follow. A byte of lengths and whole words in place
/// of the loop took half as long again.
inline unsigned char* put_number(unsigned char* at, std::uint64_t number) noexcept {
  for (; number >= 0x80; number >>= 7) *at++ = static_cast<unsigned char>(number | 0x80);
  *at++ = static_cast<unsigned char>(number);
  return at;
}

/// 0, -1, 1, -2, 2 as 0, 1, 2, 3, 4: a span that lies around the one before it starts before that ended.
inline constexpr std::uint64_t folded(std::uint64_t difference) noexcept {
  return (difference << 1) ^ (0 - (difference >> 63));
}
inline constexpr std::uint64_t unfolded(std::uint64_t number) noexcept {
  return (number >> 1) ^ (0 - (number & 1));
}

}  // namespace assay::host::span_ring
