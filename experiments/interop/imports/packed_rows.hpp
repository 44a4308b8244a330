#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace assay::interop {

/// What the objects of a long list have in common: their members in the order of the file, and their texts. They differ
/// only in numbers and nulls.
struct RowShape {
  enum class Kind { number, text, object };
  Kind kind = Kind::number;  ///< or null
  std::string text = {};
  std::vector<std::pair<std::string, RowShape>> members = {};
};

/// A long list of objects of one shape, packed: 8 bytes for each number, in one block, as a binary value of its own
/// subtype in the tree. A tree has about 150 bytes for each member of each object, and hyperfine 2 writes an object
/// with twenty members for each run.
///
/// What knows only lists finds no list, as with packed_numbers.hpp, so the file is read again as a plain tree.
/// \param numbers  row by row, each in the order of the shape; NaN stands for null.
[[nodiscard]] nlohmann::json packed_rows(const RowShape& shape, const std::vector<double>& numbers);

[[nodiscard]] bool are_packed_rows(const nlohmann::json& value);

/// Reads what packed_rows() made. It refers to the list, which must outlive it.
class PackedRows {
 public:
  /// \pre are_packed_rows(list).
  explicit PackedRows(const nlohmann::json& list);
  [[nodiscard]] std::size_t rows() const { return rows_; }
  /// One row as a tree that has the column's number in the place of each number.
  [[nodiscard]] const nlohmann::json& shape() const { return shape_; }
  /// NaN for null. \pre Row and column are there.
  [[nodiscard]] double number(std::size_t row, std::size_t column) const;

 private:
  const std::vector<std::uint8_t>* bytes_;
  nlohmann::json shape_;
  std::size_t rows_ = 0;
  std::size_t columns_ = 0;
  std::size_t first_ = 0;  ///< byte at which the numbers begin
};

}  // namespace assay::interop
