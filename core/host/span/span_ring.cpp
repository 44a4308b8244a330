#include "core/host/span/span_ring.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <sys/stat.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/span/ring_layout.hpp"
#include "core/host/system_error.hpp"

namespace assay::host {
namespace {

Error other_version() {
  return Error("$ASSAY_SPANS.ring is not a ring of spans of this version: build the program with this assay's header");
}

Error damage(std::string_view what) {
  return Error("the ring of spans is damaged: " + std::string(what));
}

/// \throws Error if something that the trial left running has cut the file meanwhile.
std::string read_start(const std::string& path, std::size_t bytes) {
  std::string text = read_file_start(path, bytes);
  if (text.size() < bytes) throw damage("it was cut off");
  return text;
}

template <class Value>
Value value_at(std::string_view bytes, std::size_t offset) {
  Value value;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return value;
}

/// Takes a number off the front, as `put_number` wrote it.
std::uint64_t take_number(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (bytes.empty()) throw damage("a span is cut off");
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    number |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
    if (byte < 0x80) return number;
  }
  throw damage("a number has more than 64 bits");
}

std::string name_at(std::string_view ring, std::uint64_t place) {
  const std::string_view names = ring.substr(span_ring::kNamesOffset, span_ring::kNameBytes);
  const std::uint64_t offset = (place - 1) * span_ring::kNameStep;
  if (place == 0 || offset >= span_ring::kNameBytes) throw damage("a span's name lies outside of it");
  const auto length = value_at<std::uint32_t>(names, offset);
  if (length > span_ring::kNameBytes - offset - sizeof length) throw damage("a span's name ends outside of it");
  return std::string(names.substr(offset + sizeof length, length));
}

void add_spans(std::string_view ring, std::uint64_t number, SpanRing& contents) {
  const std::string_view bytes =
      ring.substr(span_ring::kChunksOffset + number * span_ring::kChunkBytes, span_ring::kChunkBytes);
  const auto chunk = value_at<span_ring::Chunk>(bytes, 0);
  if (chunk.used > sizeof chunk.bytes) throw damage("a chunk holds more than its size");
  std::string_view left = bytes.substr(offsetof(span_ring::Chunk, bytes), chunk.used);
  for (std::uint64_t last = chunk.first_ns; !left.empty();) {
    if (left.size() < sizeof(std::uint16_t)) throw damage("a span is cut off");
    const auto place = value_at<std::uint16_t>(left, 0);
    left.remove_prefix(sizeof place);
    const std::uint64_t start = last + span_ring::unfolded(take_number(left));
    last = start + take_number(left);
    contents.spans.push_back({name_at(ring, place), start, last, number});
  }
}

}  // namespace

SpanRing read_span_ring(const std::string& path) {
  struct stat status = {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return {};
    throw system_error("read", path, errno);
  }
  if (!S_ISREG(status.st_mode)) throw Error("the trial made something else than a file of $ASSAY_SPANS.ring");
  if (status.st_size == 0) return {};  // a kill came before it was made
  if (static_cast<std::uint64_t>(status.st_size) != span_ring::kFileBytes) throw other_version();
  std::string ring = read_start(path, span_ring::kChunksOffset);
  const auto header = value_at<span_ring::Header>(ring, 0);
  if (header.magic == 0 && header.claimed == 0) return {};
  if (header.magic != span_ring::kMagic) throw other_version();
  const std::uint64_t chunks = std::min(header.claimed, span_ring::kChunks);
  ring = read_start(path, span_ring::kChunksOffset + chunks * span_ring::kChunkBytes);
  SpanRing contents{{}, header.beyond_capacity, header.nameless, header.unbacked};
  for (std::uint64_t chunk = 0; chunk < chunks; ++chunk) add_spans(ring, chunk, contents);
  return contents;
}

}  // namespace assay::host
