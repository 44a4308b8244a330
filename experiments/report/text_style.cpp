#include "experiments/report/text_style.hpp"

#include <fmt/format.h>

namespace assay::report {
namespace {

std::string_view code_of(Tone tone) {
  switch (tone) {
    case Tone::good:
      return "32";
    case Tone::bad:
      return "31";
    case Tone::open:
      return "33";
    case Tone::strong:
      return "1";
    case Tone::quiet:
      return "2";
  }
  return "0";
}

}  // namespace

std::string toned(std::string_view text, Tone tone, const TextStyle& style) {
  return style.colour ? fmt::format("\x1b[{}m{}\x1b[0m", code_of(tone), text) : std::string(text);
}

std::string_view arrow(const TextStyle& style) {
  return style.unicode ? "→" : "->";
}

std::string_view plus_minus(const TextStyle& style) {
  return style.unicode ? " ± " : " +- ";
}

}  // namespace assay::report
