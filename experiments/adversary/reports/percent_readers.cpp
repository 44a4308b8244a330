#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/adversary/reports/change_readers.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

/// Whether two numbers of a row differ by this percentage.
bool is_change_between_numbers(std::string_view row, double percent) {
  static const RegularExpression number(fmt::format("({})", kNumberPattern));
  std::vector<double> values;
  while (const auto found = number.first_match(row)) {
    if (const auto value = written_number((*found)[1])) values.push_back(*value);
    row = row.substr(static_cast<std::size_t>((*found)[0].data() - row.data()) + (*found)[0].size());
  }
  for (std::size_t one = 0; one + 1 < values.size() && one < 12; ++one) {
    const double from = values[one];
    const double to = values[one + 1];
    if (from > 0 && to != from && std::abs(std::abs(100 * (to - from) / from) - percent) < 1) return true;
  }
  return false;
}

bool is_confidence(const Match& match) {
  static const RegularExpression confidence(
      "^[^.;|]{0,3}\\b(?:CI|confidence|conf\\.|percentile|quantile|coverage|threshold)\\b");
  return holds(confidence, behind(match));
}

/// "Coverage: 100% maintained" is no change.
bool is_coverage(const Match& match) {
  static const RegularExpression ahead_of("(?i)\\bcoverage\\W{0,10}$");
  static const RegularExpression state(
      "(?i)^ (?:maintained|complete|completed|done|stable|perfect|compatible|backwards?)\\b");
  return holds(ahead_of, ahead(match)) || holds(state, behind(match));
}

/// The sentence without the name of its row: "slow_query" is no verb.
std::string without_name(const Match& match) {
  static const RegularExpression identifier("^\\s*[A-Za-z]\\S*[_/.-]\\S*");
  if (!is_tabular(match)) return match.sentence;
  const auto name = identifier.first_match(match.sentence);
  return name ? match.sentence.substr((*name)[0].size()) : match.sentence;
}

/// What the columns of the figure and the one before it measure; empty outside of tables.
std::string heads_of(const Match& match) {
  const auto& header = match.passage.header;
  const std::string_view before = std::string_view(match.passage.text).substr(0, match.offset);
  std::size_t column = 0;
  for (std::size_t at = before.find(" | "); at != std::string_view::npos; at = before.find(" | ", at + 3)) ++column;
  if (column == 0 || column >= header.size()) return "";
  return header[column - 1] + " | " + header[column];
}

/// The part of the text ahead that is nearest: what the figure is about if several things are.
std::string_view nearest_part(const Match& match) {
  static const RegularExpression border("(?i)(?:[,;]| and | but | while | - )");
  std::string_view part = ahead(match);
  while (const auto found = border.first_match(part)) {
    part.remove_prefix(static_cast<std::size_t>((*found)[0].data() - part.data()) + (*found)[0].size());
  }
  return part;
}

/// By what the nearest part names and where that goes: "the latency is higher and the throughput went down by 25 %".
/// std::nullopt if it does not say both.
std::optional<StatementSign> sign_of_nearest_part(const Match& match) {
  static const RegularExpression falls(
      "(?i)\\b(?:went|goes|go|going|is|are|was|were) down\\b|\\b(?:dropped|fell|declined|decreased)\\b");
  static const RegularExpression rises(
      "(?i)\\b(?:went|goes|go|going|is|are|was|were) up\\b|\\b(?:rose|grew|climbed|increased)\\b");
  const std::string_view part = nearest_part(match);
  const std::optional<bool> more = more_is_better(part);
  const bool is_rise = holds(rises, part);
  if (!more || is_rise == holds(falls, part)) return std::nullopt;
  return *more == is_rise ? StatementSign::better : StatementSign::worse;
}

/// Whether words or the row say that the percentage is a change.
bool is_said_to_be_change(const Match& match) {
  static const RegularExpression change(
      "(?i)^\\W{0,4}(?:reduction|improvement|savings?|saved|decrease|increase|gain|speed-?up)\\b");
  static const RegularExpression compared("(?i)^ (?:faster|slower|smaller|larger|less|more|fewer|better|worse)\\b");
  if (holds(compared, behind(match))) return true;
  if (match.passage.kind == PassageKind::row) return holds(change, match.passage.cells.front());
  return has_effect_word(match.sentence);
}

/// \param mark  "+", "-", or empty
StatementSign sign_of_percent(const Match& match, std::string_view mark) {
  static const RegularExpression gain(
      "(?i)\\b(?:performance|speed|throughput)(?: (?:improvement|gain|change))?\\W{1,8}$");
  const bool is_fall = mark == "-";
  if (is_fall && !is_tabular(match) && holds(gain, ahead(match))) return StatementSign::worse;
  // Each column has its own unit.
  if (!mark.empty() && match.passage.kind == PassageKind::row) {
    const std::optional<bool> more = more_is_better(heads_of(match));
    if (more) return *more != is_fall ? StatementSign::better : StatementSign::worse;
  }
  if (mark.empty()) {
    if (const auto sign = sign_of_nearest_part(match)) return *sign;
  }
  const std::string said = without_name(match);
  if (mark.empty()) return sign_of_change(said, std::nullopt, context(match));
  return sign_of_change(said, !is_fall, context(match));
}

}  // namespace

std::optional<Statement> read_percent(const Match& match) {
  const std::string_view sign_mark = match.groups[1];
  const std::optional<Quantity> range = range_of(match.groups[2], match.groups[3]);
  static const RegularExpression attribute("=[\"']$");  // of HTML: width="80%"
  const bool is_no_figure =
      holds(attribute, ahead(match)) || is_confidence(match) || is_error(match) || is_coverage(match);
  if (!range || begins_within_word(match) || is_no_figure) return std::nullopt;
  const bool is_signed = !sign_mark.empty();
  // A change in a row is signed, or follows from the numbers beside it; elsewhere a word says what it is.
  const bool is_change = is_signed || is_said_to_be_change(match) ||
                         (is_tabular(match) && is_change_between_numbers(match.passage.text, range->low));
  if (!is_change) return std::nullopt;
  const double turned = sign_mark == "-" ? -1 : 1;
  return Statement{.kind = StatementKind::percent,
                   .sign = sign_of_percent(match, sign_mark),
                   .amount = {turned * range->low, turned * range->high, "%"},
                   .is_signed = is_signed};
}

std::optional<Statement> read_percent_interval(const Match& match) {
  const auto signed_number = [&match](std::size_t group) {
    const std::optional<double> number = written_number(match.groups[group].substr(1));
    return number && match.groups[group].front() == '-' ? std::optional(-*number) : number;
  };
  const std::optional<double> low = signed_number(1);
  const std::optional<double> high = signed_number(3);
  if (!low || !high || *low * *high <= 0) return Statement{.kind = StatementKind::percent, .amount = {0, 0, "%"}};
  const double least = std::abs(*low) < std::abs(*high) ? *low : *high;
  // criterion prints the name of the benchmark and "time:" in the line above it.
  const std::optional<bool> more = more_is_better(context(match));
  const bool is_better = more && *more ? least > 0 : least < 0;
  return Statement{.kind = StatementKind::percent,
                   .sign = is_better ? StatementSign::better : StatementSign::worse,
                   .amount = {least, least, "%"},
                   .is_signed = true};
}

}  // namespace assay::adversary
