#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace assay {

/// The purpose of a stream of random numbers. Streams of one seed never overlap in use, so drawing more from one does
/// not change the others. The numbers are part of the format of records: append new ones, never renumber.
enum class Stream : std::uint64_t {
  order = 1,       ///< order of the arms in a block; indices: cell, block
  padding = 2,     ///< length of the environment padding; indices: cell, block
  signs = 3,       ///< sign vectors of the conditional boundary; indices: test, byte column
  bootstrap = 4,   ///< resampling and permutation; indices: chosen by the caller
  simulation = 5,  ///< simulated noise; indices: cell, block
  trials = 6,      ///< one of many simulated experiments; index: its number
  links = 9,       ///< order of object files in a link; index: the build
};

/// xoshiro256** by Blackman and Vigna (2021), ACM Trans. Math. Softw. 47(4):36. Not for secrets.
///
/// docs/formats/random.md specifies every draw below with test vectors, because the distributions of the standard
/// library differ between implementations. Cost: about 1 ns a draw.
class Generator {
 public:
  using result_type = std::uint64_t;

  /// Fills the state from `key` by SplitMix64.
  explicit Generator(std::uint64_t key) noexcept;

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }

  /// Uniform in 0 .. bound-1, without bias (Lemire 2019, ACM TOMACS 29(1):3). `bound` is at least 1.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) noexcept;
  /// Uniform in [0, 1): the top 53 bits.
  [[nodiscard]] double uniform() noexcept;
  /// Standard normal by the polar method (Marsaglia and Bray 1964). The second value of the pair is dropped.
  [[nodiscard]] double normal() noexcept;

 private:
  std::array<std::uint64_t, 4> state_;
};

/// A recorded 64-bit seed that determines every random choice of an attempt.
class Seed {
 public:
  constexpr explicit Seed(std::uint64_t value) noexcept : value_(value) {}

  /// \throws Error unless `text` is a decimal number, or 0x with up to 16 hexadecimal digits.
  [[nodiscard]] static Seed parse(std::string_view text);

  [[nodiscard]] std::uint64_t value() const noexcept { return value_; }
  /// 0x with 16 hexadecimal digits, which `parse` reads back.
  [[nodiscard]] std::string to_string() const;

  /// The generator of one purpose, independent of every other purpose and index.
  [[nodiscard]] Generator stream(Stream purpose, std::uint64_t first_index = 0,
                                 std::uint64_t second_index = 0) const noexcept;
  /// A seed derived from this one, for a part that draws its own streams.
  [[nodiscard]] Seed derive(Stream purpose, std::uint64_t index) const noexcept;

  friend bool operator==(Seed, Seed) = default;

 private:
  std::uint64_t value_;
};

}  // namespace assay
