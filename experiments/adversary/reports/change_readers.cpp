#include "experiments/adversary/reports/change_readers.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "experiments/adversary/reports/no_effects.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

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

/// What costs, or is measured by its number.
constexpr std::string_view kCounted =
    "alloc(?:ation)?s|syscalls|(?:system|draw|function|network|api|malloc)? ?calls|queries|round[- ]?trips|requests|"
    "connections|instructions|cycles|misses|faults|switches|copies|lookups|reads|writes|retries|errors|failures|"
    "timeouts|"
    "frames|nodes|machines|servers|hosts|instances|cores|vcpus?|gpus?|pods|containers|crashes|incidents|tickets|alerts|"
    "wake-?ups|interrupts|ipis|clicks|warnings|complaints|rollbacks|flakes|collisions|hops|packets|barriers|locks|"
    "points|passes|iterations|steps per [a-z]+|per [a-z]+";

bool is_counted(std::string_view words) {
  static const RegularExpression counted(fmt::format("(?i)^ (?:[a-z]+ ){{0,2}}?(?:{})\\b", kCounted));
  return holds(counted, words);
}

/// "Pages per month went from 14 to 2"
bool has_counted_subject(const Match& match) {
  static const RegularExpression subject(fmt::format(
      "(?i)\\b(?:[a-z]+ per [a-z]+|(?:number|count) of [a-z ]{{2,30}}|{})(?: [\\w'-]+){{0,6}} $", kCounted));
  return holds(subject, ahead(match));
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

std::string lower_case_of(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return lower;
}

/// By the words of the ratio itself, then by those around it. A ratio below 1 in a place for speedups is a loss.
StatementSign sign_of_ratio(const Match& match, double ratio) {
  static const RegularExpression more_of(
      "(?i)\\b(?:as (?:much|many|large|big|long|slow|heavy|expensive|high)|more|higher)\\b");
  static const RegularExpression speed("(?i)speed|faster|perform|throughput");
  const StatementSign said = sign_of_comparison(match.groups[0]);
  if (said != StatementSign::unknown) return said;
  if (holds(more_of, match.groups[0])) {
    const std::optional<bool> more = more_is_better(clause_around(match).behind);
    if (more) return *more ? StatementSign::better : StatementSign::worse;
    return StatementSign::worse;
  }
  if (ratio < 1 && holds(speed, context(match))) return StatementSign::worse;
  StatementSign sign = sign_of_words(clause_around(match).ahead + " " + clause_around(match).behind);
  if (sign == StatementSign::unknown) sign = sign_of_words(match.sentence);
  if (sign == StatementSign::unknown && ratio > 1) sign = StatementSign::better;
  return sign;
}

}  // namespace

std::optional<Statement> read_values(const Match& match) {
  const ValueGroups first = value_groups(match, 1);
  const ValueGroups second = value_groups(match, 1 + kValueGroups);
  const auto values_of_both = two_values(first, second);
  if (begins_within_word(match) || is_time_of_day(match) || !values_of_both) return std::nullopt;
  const bool is_step = first.span.empty() && dimension_of(first).name.empty() && is_in_chain(match);
  if (!values_of_both->has_unit || is_step) return std::nullopt;
  const std::optional<Quantity> earlier = values_of_both->before;
  const std::optional<Quantity> later = values_of_both->after;
  StatementSign sign = sign_of_values(*earlier, *later, context(match));
  if (sign == StatementSign::unknown) sign = sign_of_words(match.sentence);
  Statement values = {.kind = StatementKind::values, .sign = sign, .amount = *later, .before = earlier};
  order_by_words(match, values);
  return values;
}

std::optional<Statement> read_counts(const Match& match) {
  const std::optional<double> earlier = written_number(match.groups[1]);
  const std::optional<double> later = written_number(match.groups[3]);
  const bool is_of_counts = is_counted(match.groups[2]) || is_counted(match.groups[4]) || has_counted_subject(match);
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
  return Statement{.kind = StatementKind::ratio, .sign = sign_of_ratio(match, range->low), .amount = *range};
}

std::optional<Statement> read_ratio_in_words(const Match& match) {
  struct Word {
    std::string_view word;
    double value;
  };
  constexpr std::array kWords = {Word{"two", 2},     Word{"three", 3},   Word{"four", 4},        Word{"five", 5},
                                 Word{"six", 6},     Word{"seven", 7},   Word{"eight", 8},       Word{"nine", 9},
                                 Word{"ten", 10},    Word{"twelve", 12}, Word{"a dozen", 12},    Word{"twenty", 20},
                                 Word{"thirty", 30}, Word{"fifty", 50},  Word{"a hundred", 100}, Word{"hundred", 100}};
  const std::string said = lower_case_of(match.groups[1]);
  const auto* const word =
      std::find_if(kWords.begin(), kWords.end(), [&said](const Word& one) { return one.word == said; });
  if (word == kWords.end() || begins_within_word(match)) return std::nullopt;
  return Statement{.kind = StatementKind::ratio,
                   .sign = sign_of_ratio(match, word->value),
                   .amount = {word->value, word->value, ""}};
}

std::optional<Statement> read_multiple(const Match& match) {
  const Clause clause = clause_around(match);
  const std::optional<bool> more = more_is_better(clause.ahead + " " + clause.behind);
  const bool falls = !match.groups[1].empty();
  // "doubles as", "tripled the sample" need to name what is measured.
  if (!more && !falls) return std::nullopt;
  const double times = falls || !match.groups[2].empty() ? 2 : match.groups[3].empty() ? 4 : 3;
  const bool is_better = more ? *more != falls : true;
  return Statement{.kind = StatementKind::ratio,
                   .sign = is_better ? StatementSign::better : StatementSign::worse,
                   .amount = {times, times, ""}};
}

std::optional<Statement> read_fraction(const Match& match) {
  constexpr std::array<std::string_view, 10> kParts = {"",      "",      "half", "third",  "quarter",
                                                       "fifth", "sixth", "",     "eighth", ""};
  constexpr std::array<std::string_view, 10> kCounts = {"", "one", "two", "three", "four", "", "", "", "", "nine"};
  const std::string part = lower_case_of(match.groups[2]);
  const std::string said = lower_case_of(match.groups[1]);
  const auto* const divisor = std::find(kParts.begin(), kParts.end(), part);
  const auto* const count = std::find(kCounts.begin(), kCounts.end(), said);
  const auto parts = divisor == kParts.end() ? 10 : divisor - kParts.begin();
  const auto times = said.empty() || count == kCounts.end() ? 1 : count - kCounts.begin();
  const std::string sentence = match.sentence;
  if (times >= parts || begins_within_word(match) || !has_effect_word(sentence)) return std::nullopt;
  const double percent = 100.0 * static_cast<double>(times) / static_cast<double>(parts);
  return Statement{.kind = StatementKind::percent,
                   .sign = sign_of_change(sentence, std::nullopt, sentence),
                   .amount = {percent, percent, "%"}};
}

std::optional<Statement> read_money_difference(const Match& match) {
  const std::optional<Quantity> amount = range_of(match.groups[1], "");
  if (!amount || begins_within_word(match)) return std::nullopt;
  return Statement{.kind = StatementKind::difference, .sign = sign_of_words(match.sentence), .amount = *amount};
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

std::optional<Statement> read_difference(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 1));
  if (!value || begins_within_word(match)) return std::nullopt;
  static const RegularExpression less("(?i)^(?:remov|shed|trim|slash|freed?|knock|sav|shav)");
  StatementSign sign = holds(less, match.groups[0]) ? StatementSign::better : sign_of_words(match.sentence);
  // "grows by 14 kB": of times and sizes, less is better.
  if (sign == StatementSign::unknown) sign = sign_of_change(match.sentence, std::nullopt, "1 " + value->unit);
  return Statement{.kind = StatementKind::difference, .sign = sign, .amount = *value};
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
