#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "experiments/trial/metrics/span_log.hpp"

namespace assay::trial {

/// A line of docs/formats/spans.md.
struct SpanLine {
  std::string_view name;  ///< valid until the next line is read
  Span span;              ///< without its origin
  SpanOrigin origin;
};

/// Reads the lines that programs usually write, several times as fast as the strict reader. Whatever it does not read,
/// the strict reader reads or refuses: what this one reads is the same.
class QuickSpanLines {
 public:
  QuickSpanLines();
  ~QuickSpanLines();
  QuickSpanLines(const QuickSpanLines&) = delete;
  QuickSpanLines& operator=(const QuickSpanLines&) = delete;

  /// Room behind a line that has to be readable, in bytes.
  static const std::size_t kRoom;

  /// std::nullopt if the line is for the strict reader. \pre `kRoom` bytes behind the line can be read
  [[nodiscard]] std::optional<SpanLine> read(std::string_view line);

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace assay::trial
