#include "experiments/adversary/reports/change_readers.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "experiments/adversary/reports/effect_words.hpp"

namespace assay::adversary {
namespace {

/// "9:42" may be a time of day: only a word of time tells.
bool is_time_of_day(const Match& match) {
  return has_clock(match.groups[0]) && !has_time_word(context(match));
}

/// Takes the order of "75 ms vs. 300 ms" from "faster" or "slower" beside it.
void order_by_words(const Match& match, Statement& values) {
  static const RegularExpression versus("(?i) (?:vs\\.?|versus) ");
  const StatementSign said = sign_of_comparison(match.sentence);
  const bool is_contrary =
      said != StatementSign::unknown && values.sign != StatementSign::unknown && said != values.sign;
  if (!holds(versus, match.groups[0]) || !is_contrary) return;
  std::swap(*values.before, values.amount);
  values.sign = said;
}

/// "20 -> 50 -> 100 RPS" are steps, and no change of one thing.
bool is_in_chain(const Match& match) {
  static const RegularExpression before("(?:->|=>) ?$");
  static const RegularExpression after("^[^.;\\n]{0,12}?(?:->|=>)");
  return holds(before, ahead(match)) || holds(after, behind(match));
}

bool is_counted(std::string_view words) {
  static const RegularExpression counted(
      "(?i)^ (?:[a-z]+ ){0,2}?(?:alloc(?:ation)?s|syscalls|(?:system|draw|function|network)? ?calls|queries|"
      "round[- ]?trips|requests|connections|instructions|cycles|misses|faults|switches|copies|lookups|reads|writes|"
      "retries|errors|failures|timeouts|frames|per [a-z]+)\\b");
  return holds(counted, words);
}

/// "10 x 10MB", which multiplies: behind "4x" without a blank, a row may go on with another figure.
bool multiplies(const Match& match) {
  static const RegularExpression number("^ ?[0-9]");
  static const RegularExpression apart("(?i)[0-9] x$");
  return holds(number, behind(match)) && (!is_tabular(match) || holds(apart, match.groups[0]));
}

bool is_ratio(const Match& match) {
  const std::string_view after = behind(match);
  const bool is_dimension = !after.empty() && is_part_of_word(after.front()) && after.front() != '.' &&
                            after.front() != '/' && after.front() != '#';
  if (begins_within_word(match) || is_dimension || multiplies(match)) return false;
  // "1.89x" beside two times needs no word; "ran it 3x" has none.
  static const RegularExpression two_times("(?:[0-9] ?m?s\\b.*){2}");
  return is_tabular(match) || match.is_beside_another || has_effect_word(match.sentence) ||
         holds(two_times, match.sentence);
}

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

}  // namespace

std::optional<Statement> read_values(const Match& match) {
  auto earlier = value_of(value_groups(match, 1));
  auto later = value_of(value_groups(match, 1 + kValueGroups));
  if (begins_within_word(match) || is_time_of_day(match) || !earlier || !later) return std::nullopt;
  const bool has_unit = !match.groups[kValueGroups].empty() || !match.groups[2 * kValueGroups].empty() ||
                        !earlier->unit.empty() || !later->unit.empty();
  const bool is_step = match.groups[kValueGroups].empty() && earlier->unit.empty() && is_in_chain(match);
  if (earlier->unit.empty()) earlier->unit = later->unit;
  earlier = converted(*earlier, later->unit);
  if (!has_unit || !earlier || is_step) return std::nullopt;
  StatementSign sign = sign_of_values(*earlier, *later, context(match));
  if (sign == StatementSign::unknown) sign = sign_of_words(match.sentence);
  Statement values = {.kind = StatementKind::values, .sign = sign, .amount = *later, .before = earlier};
  order_by_words(match, values);
  return values;
}

std::optional<Statement> read_counts(const Match& match) {
  const std::optional<double> earlier = written_number(match.groups[1]);
  const std::optional<double> later = written_number(match.groups[3]);
  const bool is_of_counts = is_counted(match.groups[2]) || is_counted(match.groups[4]);
  if (begins_within_word(match) || !earlier || !later || !is_of_counts || is_in_chain(match)) return std::nullopt;
  const Quantity before = {*earlier, *earlier, ""};
  const Quantity after = {*later, *later, ""};
  StatementSign sign = sign_of_values(before, after, match.groups[0]);
  if (sign == StatementSign::unknown) sign = sign_of_values(before, after, context(match));
  if (sign == StatementSign::unknown) sign = sign_of_words(match.sentence);
  return Statement{.kind = StatementKind::values, .sign = sign, .amount = after, .before = before};
}

std::optional<Statement> read_lost_ratio(const Match& match) {
  const std::optional<Quantity> earlier = range_of(match.groups[1], match.groups[2]);
  const std::optional<Quantity> later = range_of(match.groups[3], match.groups[4]);
  if (!earlier || !later || later->high >= earlier->low) return std::nullopt;
  static const RegularExpression cost("(?i)\\b(?:slow|overhead|worse|cost)");
  const StatementSign sign = holds(cost, match.sentence) ? StatementSign::better : StatementSign::worse;
  return Statement{.kind = StatementKind::ratio, .sign = sign, .amount = *later};
}

std::optional<Statement> read_ratio(const Match& match) {
  const std::optional<Quantity> range = range_of(match.groups[1], match.groups[2]);
  if (!range || range->low <= 0 || !is_ratio(match)) return std::nullopt;
  StatementSign sign = sign_of_words(match.sentence);
  if (sign == StatementSign::unknown && range->low > 1) sign = StatementSign::better;
  return Statement{.kind = StatementKind::ratio, .sign = sign, .amount = *range};
}

std::optional<Statement> read_word_ratio(const Match&) {
  return Statement{.kind = StatementKind::ratio, .sign = StatementSign::better, .amount = {2, 2, ""}};
}

std::optional<Statement> read_percent(const Match& match) {
  const std::string_view sign_mark = match.groups[1];
  const std::optional<Quantity> range = range_of(match.groups[2], match.groups[3]);
  if (!range || begins_within_word(match) || is_confidence(match)) return std::nullopt;
  const bool is_signed = !sign_mark.empty();
  // A change in a row is signed, or follows from the numbers beside it; elsewhere a word says what it is.
  const bool has_word = match.passage.kind != PassageKind::row && has_effect_word(match.sentence);
  const bool is_change =
      is_signed || has_word || (is_tabular(match) && is_change_between_numbers(match.passage.text, range->low));
  if (!is_change) return std::nullopt;
  const double turned = sign_mark == "-" ? -1 : 1;
  const std::optional<bool> rises = is_signed ? std::optional(turned > 0) : std::nullopt;
  return Statement{.kind = StatementKind::percent,
                   .sign = sign_of_change(match.sentence, rises, context(match)),
                   .amount = {turned * range->low, turned * range->high, "%"},
                   .is_signed = is_signed};
}

std::optional<Statement> read_difference(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 1));
  if (!value || begins_within_word(match)) return std::nullopt;
  return Statement{.kind = StatementKind::difference, .sign = sign_of_words(match.sentence), .amount = *value};
}

std::optional<Statement> read_count_difference(const Match& match) {
  const std::optional<double> count = written_number(match.groups[1]);
  if (!count || begins_within_word(match)) return std::nullopt;
  return Statement{
      .kind = StatementKind::difference, .sign = sign_of_words(match.sentence), .amount = {*count, *count, ""}};
}

std::optional<Statement> read_value(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 1));
  // Warnings of tools say "increase target time to 30 s".
  if (!value || is_tabular(match) || is_time_of_day(match)) return std::nullopt;
  return Statement{.kind = StatementKind::value, .sign = sign_of_words(match.sentence), .amount = *value};
}

std::optional<Statement> read_present_value(const Match& match) {
  static const RegularExpression now("(?i)\\bnow\\b[^0-9|]{0,80}$");
  std::optional<Quantity> value = value_of(value_groups(match, 2));
  if (!value || is_tabular(match) || !holds(now, ahead(match))) return std::nullopt;
  const std::optional<double> low = written_number(match.groups[1]);
  if (low && *low < value->low) value->low = *low;
  return Statement{.kind = StatementKind::value, .sign = sign_of_words(match.sentence), .amount = *value};
}

}  // namespace assay::adversary
