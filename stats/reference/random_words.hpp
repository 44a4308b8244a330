#pragma once

#include <cstdint>

namespace assay::stats {

/// Random words from a counter and one 128-bit product (wyrand by Wang Yi, github.com/wangyi-fudan/wyhash). It takes a
/// third of the time of Generator and serves resamples, which spend much of their time on random words. One word of the
/// resample's own stream seeds it.
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
