#include "core/seed.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay {
namespace {

std::uint64_t splitmix64(std::uint64_t& state) noexcept {
  state += 0x9e3779b97f4a7c15U;
  std::uint64_t mixed = state;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
  return mixed ^ (mixed >> 31);
}

/// Makes one key from several numbers. Each is added to the running state, which is then mixed.
std::uint64_t key_of(std::uint64_t seed, std::uint64_t purpose, std::uint64_t first, std::uint64_t second) noexcept {
  std::uint64_t key = seed;
  for (const std::uint64_t part : {purpose, first, second}) {
    std::uint64_t state = key ^ part;
    key = splitmix64(state);
  }
  return key;
}

}  // namespace

Generator::Generator(std::uint64_t key) noexcept {
  for (std::uint64_t& word : state_) word = splitmix64(key);
}

std::uint64_t Generator::below(std::uint64_t bound) noexcept {
  __extension__ using Wide = unsigned __int128;
  const std::uint64_t threshold = (0 - bound) % bound;
  for (;;) {
    const Wide product = Wide{(*this)()} * bound;
    if (static_cast<std::uint64_t>(product) >= threshold) return static_cast<std::uint64_t>(product >> 64);
  }
}

double Generator::uniform() noexcept {
  return static_cast<double>((*this)() >> 11) * 0x1p-53;
}

double Generator::normal() noexcept {
  for (;;) {
    const double abscissa = 2 * uniform() - 1;
    const double ordinate = 2 * uniform() - 1;
    const double square = abscissa * abscissa + ordinate * ordinate;
    if (square > 0 && square < 1) return abscissa * std::sqrt(-2 * std::log(square) / square);
  }
}

Seed Seed::parse(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  const std::string_view digits = hexadecimal ? text.substr(2) : text;
  std::uint64_t value = 0;
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
  if (failure != std::errc{} || end != digits.data() + digits.size()) {
    throw Error(
        fmt::format("seed \"{}\": expected a number from 0 to 2^64-1, decimal or 0x and hexadecimal digits", text));
  }
  return Seed(value);
}

std::string Seed::to_string() const {
  return fmt::format("0x{:016x}", value_);
}

Generator Seed::stream(Stream purpose, std::uint64_t first_index, std::uint64_t second_index) const noexcept {
  return Generator(key_of(value_, static_cast<std::uint64_t>(purpose), first_index, second_index));
}

Seed Seed::derive(Stream purpose, std::uint64_t index) const noexcept {
  return Seed(key_of(value_, static_cast<std::uint64_t>(purpose), index, ~std::uint64_t{0}));
}

}  // namespace assay
