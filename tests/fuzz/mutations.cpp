#include "tests/fuzz/mutations.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace assay::fuzz {
namespace {

constexpr std::size_t kLongest = std::size_t{64} << 10;
constexpr std::size_t kLongestPiece = 200;
constexpr std::uint64_t kMostEdits = 8;

constexpr std::array<std::string_view, 44> kMarks = {"{",
                                                     "}",
                                                     "[",
                                                     "]",
                                                     "\"",
                                                     "'",
                                                     ",",
                                                     ":",
                                                     "=",
                                                     "\n",
                                                     "\r\n",
                                                     "\\",
                                                     "\xff",
                                                     "\xc3",
                                                     "-1",
                                                     "1e999",
                                                     "1e-999",
                                                     "NaN",
                                                     "inf",
                                                     "null",
                                                     "true",
                                                     "0x",
                                                     "[[",
                                                     "]]",
                                                     "<",
                                                     "</",
                                                     "<![CDATA[",
                                                     "]]>",
                                                     "&amp;",
                                                     "&#0;",
                                                     "# ",
                                                     "|",
                                                     "```",
                                                     "ok ",
                                                     "1..",
                                                     "\x1b[",
                                                     "\u202e",
                                                     "\xef\xbb\xbf",
                                                     "/*",
                                                     "18446744073709551616",
                                                     "@@ -1 +1 @@\n",
                                                     "%",
                                                     "µs",
                                                     "4x"};

std::size_t place_in(const std::string& text, Generator& generator) {
  return generator.below(text.size() + 1);
}

std::string piece_of(const std::string& text, Generator& generator) {
  const std::size_t start = place_in(text, generator);
  return text.substr(start, generator.below(kLongestPiece));
}

void edit(std::string& text, const std::vector<std::string>& seeds, Generator& generator) {
  const std::size_t place = place_in(text, generator);
  switch (generator.below(6)) {
    case 0:
      text.erase(place, generator.below(kLongestPiece));
      break;
    case 1:
      text.insert(place, kMarks[generator.below(kMarks.size())]);
      break;
    case 2:
      text.insert(place, piece_of(text, generator));
      break;
    case 3:
      text.insert(place, piece_of(seeds[generator.below(seeds.size())], generator));
      break;
    case 4:
      if (place < text.size()) text[place] = static_cast<char>(generator.below(256));
      break;
    default: {
      // Nesting and repetition, which recursion and quadratic algorithms fear.
      const std::string_view mark = kMarks[generator.below(kMarks.size())];
      std::string many;
      for (auto times = generator.below(2000); times > 0; --times) many += mark;
      text.insert(place, many);
    }
  }
}

}  // namespace

std::string mutated(const std::vector<std::string>& seeds, Generator& generator) {
  std::string text = seeds[generator.below(seeds.size())];
  for (auto edits = 1 + generator.below(kMostEdits); edits > 0; --edits) edit(text, seeds, generator);
  text.resize(std::min(text.size(), kLongest));
  return text;
}

}  // namespace assay::fuzz
