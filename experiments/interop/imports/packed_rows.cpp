#include "experiments/interop/imports/packed_rows.hpp"

#include <cstdint>
#include <cstring>

#include "core/assert.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

/// packed_numbers.hpp has 64.
constexpr std::uint64_t kPackedRows = 65;

/// What stands before the shape's text, which stands before the numbers.
struct Header {
  std::uint64_t columns = 0;
  std::uint64_t shape_size = 0;
};

json tree_of(const RowShape& shape, std::size_t& columns) {
  switch (shape.kind) {
    case RowShape::Kind::number:
      return columns++;
    case RowShape::Kind::text:
      return shape.text;
    case RowShape::Kind::object:
      break;
  }
  json tree = json::object();
  for (const auto& [name, member] : shape.members) tree[name] = tree_of(member, columns);
  return tree;
}

}  // namespace

json packed_rows(const RowShape& shape, const std::vector<double>& numbers) {
  std::size_t columns = 0;
  const std::string text = tree_of(shape, columns).dump();
  ASSAY_ASSERT(columns > 0 && numbers.size() % columns == 0);
  const Header header{columns, text.size()};
  std::vector<std::uint8_t> bytes(sizeof header + text.size() + numbers.size() * sizeof(double));
  std::memcpy(bytes.data(), &header, sizeof header);
  std::memcpy(bytes.data() + sizeof header, text.data(), text.size());
  std::memcpy(bytes.data() + sizeof header + text.size(), numbers.data(), numbers.size() * sizeof(double));
  return json::binary(std::move(bytes), kPackedRows);
}

bool are_packed_rows(const json& value) {
  return value.is_binary() && value.get_binary().has_subtype() && value.get_binary().subtype() == kPackedRows;
}

PackedRows::PackedRows(const json& list) : bytes_(&list.get_binary()) {
  ASSAY_ASSERT(are_packed_rows(list));
  Header header;
  std::memcpy(&header, bytes_->data(), sizeof header);
  first_ = sizeof header + header.shape_size;
  const auto* const text = bytes_->data() + sizeof header;
  shape_ = json::parse(text, text + header.shape_size);
  columns_ = header.columns;
  rows_ = (bytes_->size() - first_) / sizeof(double) / columns_;
}

double PackedRows::number(std::size_t row, std::size_t column) const {
  ASSAY_ASSERT(row < rows_ && column < columns_);
  double number = 0;
  std::memcpy(&number, bytes_->data() + first_ + (row * columns_ + column) * sizeof number, sizeof number);
  return number;
}

}  // namespace assay::interop
