#pragma once

#include <cstdint>

#include "core/units.hpp"
#include "experiments/trial/metrics/span_log.hpp"

namespace assay::test {

/// A span whose origin nobody knows. \param start, end  in nanoseconds
inline trial::Span span(std::int64_t start, std::int64_t end) {
  return {.start = nanoseconds(start), .end = nanoseconds(end)};
}

}  // namespace assay::test
