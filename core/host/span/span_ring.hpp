#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace assay::host {

/// A span as a program recorded it with <assay/span.hpp>; its times are not checked.
struct RecordedSpan {
  std::string name;  ///< any bytes
  std::uint64_t start_ns = 0;
  std::uint64_t end_ns = 0;
  std::uint64_t chunk = 0;  ///< that holds it; spans of one chunk that overlap are of one thread
  friend bool operator==(const RecordedSpan&, const RecordedSpan&) = default;
};

/// What a ring of spans holds, and how many spans it had no room for.
struct SpanRing {
  std::vector<RecordedSpan> spans;  ///< those of one thread in the order in which they ended
  std::uint64_t beyond_capacity = 0;
  std::uint64_t nameless = 0;  ///< no room for their names
  std::uint64_t unbacked = 0;  ///< no space in the file system
  friend bool operator==(const SpanRing&, const SpanRing&) = default;
};

/// Reads the ring of docs/formats/spans.md; an empty one if there is no such file. Spans that a kill cut off are left
/// out.
/// \throws Error if something else than a ring of this version lies there, or it cannot be read.
[[nodiscard]] SpanRing read_span_ring(const std::string& path);

}  // namespace assay::host
