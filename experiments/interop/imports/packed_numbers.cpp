#include "experiments/interop/imports/packed_numbers.hpp"

#include <cstring>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/assert.hpp"

namespace assay::interop {
namespace {

/// The subtype that tells these from binary values of other origin, which JSON text has none of.
constexpr std::uint64_t kPackedNumbers = 64;

}  // namespace

NumberPacker::NumberPacker(std::size_t count) : bytes_(count * sizeof(double)) {}

void NumberPacker::add(double number) {
  ASSAY_ASSERT(filled_ + sizeof number <= bytes_.size());
  std::memcpy(bytes_.data() + filled_, &number, sizeof number);
  filled_ += sizeof number;
}

nlohmann::json NumberPacker::packed() && {
  ASSAY_ASSERT(filled_ == bytes_.size());
  return nlohmann::json::binary(std::move(bytes_), kPackedNumbers);
}

bool is_packed(const nlohmann::json& value) {
  return value.is_binary() && value.get_binary().has_subtype() && value.get_binary().subtype() == kPackedNumbers;
}

std::vector<double> unpacked_numbers(const nlohmann::json& list) {
  ASSAY_ASSERT(is_packed(list));
  const std::vector<std::uint8_t>& bytes = list.get_binary();
  std::vector<double> values(bytes.size() / sizeof(double));
  std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace assay::interop
