#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::cli {

/// The columns that hold the arms, by the names in the file's first line.
struct ArmColumns {
  std::string control = "control";
  std::string treatment = "treatment";
};

/// One block: one value of each arm.
struct ValuePair {
  double control = 0;
  double treatment = 0;
  friend bool operator==(const ValuePair&, const ValuePair&) = default;
};

/// Reads comma-separated values (RFC 4180: quotes, CRLF; a byte order mark and empty lines are passed over) with one
/// block a row, in time order. Other columns are allowed.
/// \throws Error with `name`, line and column where a column is missing or named twice, a row has another number of
/// fields than the first line, or a field is not a finite number.
[[nodiscard]] std::vector<ValuePair> read_paired_csv(std::string_view text, std::string_view name,
                                                     const ArmColumns& columns);

}  // namespace assay::cli
