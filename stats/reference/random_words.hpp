#pragma once

#include <cstdint>

namespace assay::stats {

/// Random words by a counter and one product of 128 bits (wyrand of Wang Yi, github.com/wangyi-fudan/wyhash): a third
/// of Generator's work, for resamples, of which drawing words is a large part. One word of the resample's own stream
/// seeds it.
class RandomWords {
 public:
  explicit RandomWords(std::uint64_t seed) : state_(seed) {}

  std::uint64_t operator()() {
    __extension__ using Wide = unsigned __int128;
    state_ += 0xa0761d6478bd642f;
    const Wide product = static_cast<Wide>(state_) * (state_ ^ 0xe7037ed1a0b428db);
    return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
  }

 private:
  std::uint64_t state_;
};

}  // namespace assay::stats
