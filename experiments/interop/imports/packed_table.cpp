#include "experiments/interop/imports/packed_table.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/assert.hpp"

namespace assay::interop {
namespace {

using nlohmann::json;

/// packed_numbers.hpp has 64, packed_rows.hpp 65.
constexpr std::uint64_t kPackedTable = 66;
/// Each row of a shape that is not that of the row before is looked up among all.
constexpr std::size_t kMostShapes = 64;

/// How many bytes or values each part has: what follows in this order.
enum TablePart : std::size_t { kNameBytes, kTextBytes, kTableRows, kTableValues, kTableParts };
using TableHeader = std::array<std::uint64_t, kTableParts>;

bool has_a_name_twice(const TableShape& shape) {
  std::vector<std::string_view> names;
  for (const TableColumn& column : shape) names.push_back(column.name);
  std::sort(names.begin(), names.end());
  return std::adjacent_find(names.begin(), names.end()) != names.end();
}

json shapes_json(const std::vector<TableShape>& shapes) {
  json all = json::array();
  for (const TableShape& shape : shapes) {
    json columns = json::array();
    for (const TableColumn& column : shape) columns.push_back({column.name, static_cast<int>(column.kind)});
    all.push_back(std::move(columns));
  }
  return all;
}

void append_bytes(std::vector<std::uint8_t>& bytes, const void* from, std::size_t size) {
  const auto* const first = static_cast<const std::uint8_t*>(from);
  bytes.insert(bytes.end(), first, first + size);
}

}  // namespace

void TablePacker::begin_row() {
  columns_ = 0;
  own_.clear();
  is_like_shape_ = !shapes_.empty();
}

void TablePacker::add(std::string_view name, TableColumn::Kind kind, double value) {
  values_.push_back(value);
  const std::size_t column = columns_++;
  if (is_like_shape_) {
    const TableShape& shape = shapes_[shape_];
    if (column < shape.size() && shape[column].name == name && shape[column].kind == kind) return;
    own_.assign(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(std::min(column, shape.size())));
    is_like_shape_ = false;
  }
  own_.push_back({std::string(name), kind});
}

void TablePacker::add_text(std::string_view name, std::string_view text) {
  const auto [place, is_new] = places_.emplace(text, texts_.size());
  if (is_new) texts_.push_back(text);
  add(name, TableColumn::Kind::text, static_cast<double>(place->second));
}

bool TablePacker::end_row() {
  if (is_like_shape_ && columns_ != shapes_[shape_].size()) {
    own_.assign(shapes_[shape_].begin(), shapes_[shape_].begin() + static_cast<std::ptrdiff_t>(columns_));
    is_like_shape_ = false;
  }
  if (!is_like_shape_) {
    const auto known = std::find(shapes_.begin(), shapes_.end(), own_);
    shape_ = static_cast<std::size_t>(known - shapes_.begin());
    if (known == shapes_.end()) {
      if (shapes_.size() == kMostShapes || has_a_name_twice(own_)) return false;
      shapes_.push_back(own_);
    }
  }
  rows_.push_back(shape_);
  return true;
}

json TablePacker::packed() const {
  const std::string names = shapes_json(shapes_).dump();
  std::string texts;
  for (const std::string_view text : texts_) texts.append(text).push_back('\0');  // no text of JSON holds a zero byte
  const TableHeader header{names.size(), texts.size(), rows_.size(), values_.size()};
  std::vector<std::uint8_t> bytes;
  bytes.reserve(sizeof header + names.size() + texts.size() + (rows_.size() + values_.size()) * sizeof(double));
  append_bytes(bytes, header.data(), sizeof header);
  append_bytes(bytes, names.data(), names.size());
  append_bytes(bytes, texts.data(), texts.size());
  append_bytes(bytes, rows_.data(), rows_.size() * sizeof rows_.front());
  append_bytes(bytes, values_.data(), values_.size() * sizeof values_.front());
  return json::binary(std::move(bytes), kPackedTable);
}

bool is_packed_table(const json& value) {
  return value.is_binary() && value.get_binary().has_subtype() && value.get_binary().subtype() == kPackedTable;
}

PackedTable::PackedTable(const json& list) {
  ASSAY_ASSERT(is_packed_table(list));
  const std::uint8_t* bytes = list.get_binary().data();
  TableHeader header;
  std::memcpy(header.data(), bytes, sizeof header);
  bytes += sizeof header;
  for (const json& shape : json::parse(bytes, bytes + header[kNameBytes])) {
    TableShape& columns = shapes_.emplace_back();
    for (const json& column : shape) {
      columns.push_back({column[0].get<std::string>(), static_cast<TableColumn::Kind>(column[1].get<int>())});
    }
  }
  bytes += header[kNameBytes];
  for (const std::uint8_t* const end = bytes + header[kTextBytes]; bytes != end; bytes += texts_.back().size() + 1) {
    texts_.emplace_back(reinterpret_cast<const char*>(bytes));
  }
  std::vector<std::uint64_t> rows(header[kTableRows]);
  std::memcpy(rows.data(), bytes, rows.size() * sizeof rows.front());
  bytes += rows.size() * sizeof rows.front();
  values_.resize(header[kTableValues]);
  std::memcpy(values_.data(), bytes, values_.size() * sizeof values_.front());
  std::size_t first = 0;
  for (const std::uint64_t shape : rows) {
    shape_of_row_.push_back(shape);
    first_.push_back(first);
    first += shapes_[shape].size();
  }
}

}  // namespace assay::interop
