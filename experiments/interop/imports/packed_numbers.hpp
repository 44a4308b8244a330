#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace assay::interop {

/// Shorter lists stay lists.
inline constexpr std::size_t kFewestPacked = 1000;

/// A long list of numbers and nulls of a JSON file, packed: 8 bytes each in one block, as a binary value of its own
/// subtype in the tree. A tree has 16 bytes and a visit for each number, and files of benchmarks are little else than
/// such lists: packed, a file of 100 MB is read in half the time.
///
/// What knows only lists finds no list and says so (formats::Field: "expected a list"), which import_file() answers by
/// reading the file again as a plain tree: nothing is ever taken for an empty list.
class NumberPacker {
 public:
  explicit NumberPacker(std::size_t count);
  /// NaN stands for null.
  void add(double number);
  /// \pre `count` numbers were added.
  [[nodiscard]] nlohmann::json packed() &&;

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t filled_ = 0;
};

[[nodiscard]] bool is_packed(const nlohmann::json& value);

/// How many numbers there are. \pre is_packed(list).
[[nodiscard]] std::size_t packed_count(const nlohmann::json& list);

/// One of them, NaN for null. \pre is_packed(list), and there are more than `place`.
[[nodiscard]] double packed_number(const nlohmann::json& list, std::size_t place);

/// All of them, NaN for null. \pre is_packed(list).
[[nodiscard]] std::vector<double> unpacked_numbers(const nlohmann::json& list);

}  // namespace assay::interop
