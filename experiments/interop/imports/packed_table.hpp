#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

namespace assay::interop {

/// A member that many objects have.
struct TableColumn {
  enum class Kind : std::uint8_t { number, text, truth };  ///< a number may be null
  std::string name;
  Kind kind = Kind::number;
  friend bool operator==(const TableColumn&, const TableColumn&) = default;
};
/// The members of an object in the order of the file.
using TableShape = std::vector<TableColumn>;

/// Takes a long list of flat objects that may differ in their members and texts, as Google Benchmark writes one for
/// each repetition, value by value. Each value takes 8 bytes, where a tree has about 150 bytes and several allocations.
class TablePacker {
 public:
  void begin_row();
  /// \param number  NaN stands for null.
  void add_number(std::string_view name, double number) { add(name, TableColumn::Kind::number, number); }
  /// \param text  must outlive this.
  void add_text(std::string_view name, std::string_view text);
  void add_truth(std::string_view name, bool truth) { add(name, TableColumn::Kind::truth, truth ? 1 : 0); }
  /// \return false if the row cannot be packed: a name that it has twice, or too many kinds of rows.
  [[nodiscard]] bool end_row();

  [[nodiscard]] std::size_t rows() const { return rows_.size(); }
  [[nodiscard]] std::size_t values() const { return values_.size(); }
  /// A binary value of its own subtype. What knows only lists finds no list, as with packed_numbers.hpp, so the file is
  /// read again as a plain tree.
  [[nodiscard]] nlohmann::json packed() const;

 private:
  void add(std::string_view name, TableColumn::Kind kind, double value);

  std::vector<TableShape> shapes_;
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, std::size_t> places_;  ///< of the texts
  std::vector<std::uint64_t> rows_;                           ///< the shape of each
  std::vector<double> values_;                                ///< row by row; of a text its place
  std::size_t shape_ = 0;                                     ///< that the row under way may have
  std::size_t columns_ = 0;                                   ///< so many values does it have so far
  TableShape own_;  ///< of a row under way that has no known shape so far; else empty
  bool is_like_shape_ = false;
};

[[nodiscard]] bool is_packed_table(const nlohmann::json& value);

/// Reads what a TablePacker made.
class PackedTable {
 public:
  /// \pre is_packed_table(list).
  explicit PackedTable(const nlohmann::json& list);

  [[nodiscard]] std::size_t rows() const { return shape_of_row_.size(); }
  [[nodiscard]] const std::vector<TableShape>& shapes() const { return shapes_; }
  [[nodiscard]] std::size_t shape_of(std::size_t row) const { return shape_of_row_[row]; }
  /// The number of a column of kind number, NaN for null; the place in `texts` of a text; 0 or 1 of a truth.
  /// \pre Row and column are there.
  [[nodiscard]] double value(std::size_t row, std::size_t column) const { return values_[first_[row] + column]; }
  /// Each text once.
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<TableShape> shapes_;
  std::vector<std::string> texts_;
  std::vector<std::size_t> shape_of_row_;
  std::vector<std::size_t> first_;  ///< of each row: where its values begin
  std::vector<double> values_;
};

}  // namespace assay::interop
