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

std::size_t packed_count(const nlohmann::json& list) {
  ASSAY_ASSERT(is_packed(list));
  return list.get_binary().size() / sizeof(double);
}

double packed_number(const nlohmann::json& list, std::size_t place) {
  const std::vector<std::uint8_t>& bytes = list.get_binary();
  ASSAY_ASSERT((place + 1) * sizeof(double) <= bytes.size());
  double number = 0;
  std::memcpy(&number, bytes.data() + place * sizeof number, sizeof number);
  return number;
}

std::vector<double> unpacked_numbers(const nlohmann::json& list) {
  std::vector<double> values(packed_count(list));
  std::memcpy(values.data(), list.get_binary().data(), values.size() * sizeof(double));
  return values;
}

}  // namespace assay::interop
