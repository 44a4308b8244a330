#include "experiments/adversary/claimed_ratio.hpp"

#include <charconv>
#include <cmath>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/utf8.hpp"

namespace assay::adversary {
namespace {

constexpr std::string_view kAccepted =
    "expected a ratio such as 4x, a change such as -30%, or words such as \"30% less\" or \"30% faster\"";

/// The word after the figure.
enum class Sense { none, less, more, faster, slower };

std::optional<Sense> sense_of(std::string_view words) {
  const std::string_view word = words.substr(0, words.find(' '));
  if (word.empty()) return Sense::none;
  if (word == "less" || word == "lower" || word == "smaller" || word == "fewer") return Sense::less;
  if (word == "more" || word == "higher" || word == "larger") return Sense::more;
  if (word == "faster" || word == "better" || word == "speedup") return Sense::faster;
  if (word == "slower" || word == "worse") return Sense::slower;
  return std::nullopt;
}

/// A text taken apart: "-30% less time" is -30, percent, less.
struct Figure {
  double value = 0;
  bool is_signed = false;
  bool is_percent = false;
  Sense sense = Sense::none;
};

std::optional<Figure> figure_of(std::string_view text) {
  Figure figure;
  figure.is_signed = text.starts_with('-') || text.starts_with('+');
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), figure.value);
  if (failure != std::errc() || !std::isfinite(figure.value)) return std::nullopt;
  text = trimmed(text.substr(static_cast<std::size_t>(end - text.data())));
  figure.is_percent = text.starts_with('%');
  constexpr std::string_view kTimesSign = "×";
  if (!figure.is_percent && !text.starts_with('x') && !text.starts_with(kTimesSign)) return std::nullopt;
  text.remove_prefix(text.starts_with(kTimesSign) ? kTimesSign.size() : 1);
  const std::optional<Sense> sense = sense_of(trimmed(text));
  if (!sense || (figure.is_signed && (*sense != Sense::none || !figure.is_percent))) return std::nullopt;
  figure.sense = *sense;
  return figure;
}

/// Treatment's value over control's that a percentage states; std::nullopt for words that do not speak of the value.
std::optional<double> value_factor(const Figure& figure) {
  switch (figure.sense) {
    case Sense::less:
      return 1 - figure.value / 100;
    case Sense::more:
    case Sense::none:
      return 1 + figure.value / 100;
    case Sense::faster:
    case Sense::slower:
      break;
  }
  return std::nullopt;
}

double ratio_of_percent(const Figure& figure, Direction direction) {
  if (const std::optional<double> factor = value_factor(figure)) return better_ratio(*factor, direction);
  return figure.sense == Sense::faster ? 1 + figure.value / 100 : 1 / (1 + figure.value / 100);
}

/// "4x less" of a metric of which more is better is a loss of 4x.
double ratio_of_times(const Figure& figure, Direction direction) {
  const bool says_less = figure.sense == Sense::less;
  const bool says_more = figure.sense == Sense::more;
  const bool is_loss = figure.sense == Sense::slower || (says_less && direction == Direction::higher) ||
                       (says_more && direction == Direction::lower);
  return is_loss ? 1 / figure.value : figure.value;
}

}  // namespace

double better_ratio(double factor, Direction direction) {
  return direction == Direction::lower ? 1 / factor : factor;
}

double claimed_ratio(std::string_view text, Direction direction) {
  const std::optional<Figure> figure = figure_of(trimmed(text));
  if (!figure) throw Error(fmt::format("{} is not a change: {}", in_quotes(text), kAccepted));
  const double ratio = figure->is_percent ? ratio_of_percent(*figure, direction) : ratio_of_times(*figure, direction);
  if (!std::isfinite(ratio) || ratio <= 0) {
    throw Error(fmt::format("{} leaves no value above 0: {}", in_quotes(text), kAccepted));
  }
  if (ratio <= 1) {
    throw Error(
        fmt::format("{} states no improvement, since {} values are better here: to claim that nothing got "
                    "worse, state a margin for \"not worse\"",
                    in_quotes(text), to_string(direction)));
  }
  return ratio;
}

std::string with_percent_sign(std::string_view text) {
  const std::string_view figure = trimmed(text);
  const std::string_view digits = figure.starts_with('+') ? figure.substr(1) : figure;
  double value = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_bare = failure == std::errc() && end == digits.data() + digits.size() && std::isfinite(value);
  return is_bare ? std::string(figure) + '%' : std::string(text);
}

double claimed_ratio(const BeforeAfter& values, Direction direction) {
  if (!(values.before > 0) || !(values.after > 0)) {
    throw Error(fmt::format("a ratio needs values above 0, and these are {} and {}", values.before, values.after));
  }
  const double ratio = better_ratio(values.after / values.before, direction);
  if (ratio <= 1) {
    throw Error(fmt::format("from {} to {} is no improvement, since {} values are better here", values.before,
                            values.after, to_string(direction)));
  }
  return ratio;
}

}  // namespace assay::adversary
