#include "experiments/adversary/reports/change_readers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/text/lower_case.hpp"
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
      "(?i)\\b(?:[a-z]+ per [a-z]+|(?:number|count) of [a-z ]{{2,30}}|{})(?: [\\w'-]+){{0,6}}:? $", kCounted));
  return holds(subject, ahead(match));
}

/// "the deviation was reduced from 6.01 to 5.35": a word says what moves, and another one where.
bool has_moving_subject(const Match& match) {
  static const RegularExpression moves(
      "(?i)\\b(?:reduc|decreas|lower|improv|increas|rais)ed (?:down |up "
      ")?$|\\b(?:dropped|drops|fell|rose|grew|climbed|went|goes) (?:down |up )?$");
  const Clause clause = clause_around(match);
  return holds(moves, clause.ahead) && more_is_better(clause.ahead).has_value();
}

/// "14078 -> 12574 (-1504)": whoever says how far they differ has measured both.
bool has_difference_behind(const Match& match, double difference) {
  static const RegularExpression form(fmt::format("^[^(\\n]{{0,60}}[(\\[]([+-]) ?({})[)\\]]", kNumberPattern));
  const auto found = form.first_match(std::string_view(match.passage.text).substr(match.offset));
  const std::optional<double> said = found ? written_number((*found)[2]) : std::nullopt;
  return said && ((*found)[1] == "-") == (difference < 0) && *said == std::abs(difference);
}

/// "10 x 10MB", which multiplies: behind "4x" without a blank, a row may go on with another figure.
bool multiplies(const Match& match) {
  static const RegularExpression number("^ ?[0-9]");
  static const RegularExpression apart("(?i)[0-9] x$");
  return holds(number, behind(match)) && (!is_tabular(match) || holds(apart, match.groups[0]));
}

/// "an AMD 5950x": a device is called so.
bool is_model(const Match& match) {
  static const RegularExpression model("(?i)^[0-9]{4,5}x$");
  static const RegularExpression maker(
      "(?i)\\b(?:amd|intel|ryzen|core|xeon|epyc|threadripper|radeon|geforce|rtx|gtx|i[3579]|cpu|processor|gpu|arc)\\b"
      "[^.;,]{0,16}$");
  static const RegularExpression device(
      "(?i)^,? (?:[a-z]+ )?(?:processor|cpu|chip|gpu|machine|laptop|desktop|box|card)\\b");
  return holds(model, match.groups[0]) && (holds(maker, ahead(match)) || holds(device, behind(match)));
}

/// "25M" is a size beside such a word.
bool names_size(std::string_view sentence) {
  static const RegularExpression size(
      "(?i)\\b(?:memory|ram|rss|vsz|heap|disk|size|footprint|binary|bundle|storage|swap|download|image|package|archive)"
      "s?\\b");
  return holds(size, sentence);
}

bool is_ratio(const Match& match) {
  const std::string_view after = behind(match);
  const bool is_dimension = !after.empty() && is_part_of_word(after.front()) && after.front() != '.' &&
                            after.front() != '/' && after.front() != '#';
  if (begins_within_word(match) || is_dimension || multiplies(match)) return false;
  // "1.89x" beside two times needs no word; "ran it 3x" has none.
  static const RegularExpression two_times("(?:[0-9] ?m?s\\b.*){2}");
  static const RegularExpression noun("(?i)^ (?:difference|win|boost|gap|advantage)\\b");
  return is_tabular(match) || match.is_beside_another || has_effect_word(match.sentence) ||
         holds(two_times, match.sentence) || holds(noun, after);
}

/// By the words of the ratio itself, then by those around it. A ratio below 1 in a place for speedups is a loss.
StatementSign sign_of_ratio(const Match& match, double ratio) {
  static const RegularExpression more_of(
      "(?i)\\b(?:as (?:much|many|large|big|long|slow|heavy|expensive|high)|more|higher)\\b");
  static const RegularExpression speed("(?i)speed|faster|perform|throughput");
  // "old: 1.9 M i/s - 1.57x slower"
  std::string_view line = ahead(match);
  line.remove_prefix(line.find_last_of('\n') + 1);  // 0 without a line ending
  static const RegularExpression old_row(
      "(?i)^[^a-z]{0,6}(?:old|before|main|master|baseline|previous|without)\\b[^:|]{0,24}[:|]");
  static const RegularExpression slower("(?i)^ ?slower\\b");
  if (holds(old_row, line) && holds(slower, behind(match))) return StatementSign::better;
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
  ValueGroups first = value_groups(match, 1);
  ValueGroups second = value_groups(match, 1 + kValueGroups);
  if (names_size(match.sentence)) {
    first = as_size(first);
    second = as_size(second);
  }
  const auto values_of_both = two_values(first, second);
  if (begins_within_word(match) || is_time_of_day(match) || !values_of_both) return std::nullopt;
  const bool is_step = first.span.empty() && dimension_of(first).name.empty() && is_in_chain(match);
  if (!values_of_both->has_unit || is_step) return std::nullopt;
  const std::optional<Quantity> earlier = values_of_both->before;
  const std::optional<Quantity> later = values_of_both->after;
  constexpr std::size_t kNear = 30;
  const std::string near(std::string_view(match.passage.text).substr(match.offset, match.groups[0].size() + kNear));
  // The units say best what it is: "4k to 6k RPS with 3 GB of memory".
  StatementSign sign = sign_of_measure(*earlier, *later, match.groups[0],
                                       near.substr(0, near.find_first_of(".;,|\n(", match.groups[0].size())));
  if (sign == StatementSign::unknown) sign = sign_of_values(*earlier, *later, context(match));
  if (sign == StatementSign::unknown) sign = sign_of_words(match.sentence);
  Statement values = {.kind = StatementKind::values, .sign = sign, .amount = *later, .before = earlier};
  order_by_words(match, values);
  return values;
}

std::optional<Statement> read_chain(const Match& match) {
  const bool has_unit = !match.groups[1].empty() || !dimension_of(value_groups(match, 1)).name.empty();
  return has_unit ? read_values(match) : std::nullopt;
}

std::optional<Statement> read_counts(const Match& match) {
  const std::optional<double> earlier = written_number(match.groups[1]);
  const std::optional<double> later = written_number(match.groups[3]);
  const bool is_of_counts = is_counted(match.groups[2]) || is_counted(match.groups[4]) || has_counted_subject(match) ||
                            has_moving_subject(match) ||
                            (earlier && later && has_difference_behind(match, *later - *earlier));
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

std::optional<Statement> read_later_ratio(const Match& match) {
  const std::optional<Quantity> earlier = range_of(match.groups[1], match.groups[2]);
  const std::optional<Quantity> later = range_of(match.groups[3], match.groups[4]);
  if (!earlier || !later || later->low <= 0 || begins_within_word(match)) return std::nullopt;
  return Statement{.kind = StatementKind::ratio, .sign = sign_of_ratio(match, later->low), .amount = *later};
}

std::optional<Statement> read_part_of_cost(const Match& match) {
  constexpr std::array<std::string_view, 11> kParts = {"",      "", "half",   "third", "quarter", "fifth",
                                                       "sixth", "", "eighth", "",      "tenth"};
  const std::string part = in_lower_case(match.groups[2]);
  const auto* const word = std::find(kParts.begin() + 2, kParts.end(), part);
  const std::optional<double> digits = written_number(match.groups[1]);
  if (!digits && (part.empty() || word == kParts.end())) return std::nullopt;
  const double times = digits ? *digits : static_cast<double>(word - kParts.begin());
  return Statement{.kind = StatementKind::ratio, .sign = StatementSign::better, .amount = {times, times, ""}};
}

std::optional<Statement> read_ratio(const Match& match) {
  const std::optional<Quantity> range = range_of(match.groups[1], match.groups[2]);
  if (!range || range->low <= 0 || !is_ratio(match) || is_model(match)) return std::nullopt;
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
  const std::string said = in_lower_case(match.groups[1]);
  const auto* const word =
      std::find_if(kWords.begin(), kWords.end(), [&said](const Word& one) { return one.word == said; });
  if (word == kWords.end() || begins_within_word(match)) return std::nullopt;
  return Statement{.kind = StatementKind::ratio,
                   .sign = sign_of_ratio(match, word->value),
                   .amount = {word->value, word->value, ""}};
}

std::optional<Statement> read_multiple(const Match& match) {
  const Clause clause = clause_around(match);
  std::optional<bool> more = more_is_better(clause.ahead + " " + clause.behind);
  const bool falls = !match.groups[1].empty();
  // "doubles as", "tripled the sample" need to name what is measured.
  if (!more && !falls) return std::nullopt;
  const double times = falls || !match.groups[2].empty() ? 2 : match.groups[3].empty() ? 4 : 3;
  static const RegularExpression speed("(?i)\\b(?:performance|speed) (?:[a-z]+ )?$");
  if (falls && holds(speed, ahead(match))) more = true;
  const bool is_better = more ? *more != falls : true;
  return Statement{.kind = StatementKind::ratio,
                   .sign = is_better ? StatementSign::better : StatementSign::worse,
                   .amount = {times, times, ""}};
}

std::optional<Statement> read_fraction(const Match& match) {
  constexpr std::array<std::string_view, 10> kParts = {"",      "",      "half", "third",  "quarter",
                                                       "fifth", "sixth", "",     "eighth", ""};
  constexpr std::array<std::string_view, 10> kCounts = {"", "one", "two", "three", "four", "", "", "", "", "nine"};
  const std::string part = in_lower_case(match.groups[2]);
  const std::string said = in_lower_case(match.groups[1]);
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

std::optional<Statement> read_orders(const Match& match) {
  constexpr std::array<std::string_view, 4> kCounts = {"one", "two", "three", "four"};
  const auto* const count = std::find(kCounts.begin(), kCounts.end(), in_lower_case(match.groups[1]));
  const auto orders = count == kCounts.end() ? 1 : 1 + (count - kCounts.begin());
  const double ratio = std::pow(10.0, static_cast<double>(orders));
  if (!has_effect_word(match.sentence)) return std::nullopt;
  return Statement{.kind = StatementKind::ratio, .sign = sign_of_ratio(match, ratio), .amount = {ratio, ratio, ""}};
}

std::optional<Statement> read_money_difference(const Match& match) {
  const std::optional<Quantity> amount = range_of(match.groups[1], "");
  if (!amount || begins_within_word(match)) return std::nullopt;
  return Statement{.kind = StatementKind::difference, .sign = sign_of_words(match.sentence), .amount = *amount};
}

std::optional<Statement> read_word_ratio(const Match& match) {
  if (begins_within_word(match)) return std::nullopt;
  const StatementSign sign = match.groups[1].empty() ? StatementSign::worse : StatementSign::better;
  return Statement{.kind = StatementKind::ratio, .sign = sign, .amount = {2, 2, ""}};
}

std::optional<Statement> read_difference(const Match& match) {
  static const RegularExpression duration("(?i)^(?:took|tak)");
  static const RegularExpression comparison("(?i)^ (?:off|less|more|longer|extra|out|away|from|fewer|faster)\\b");
  const std::optional<Quantity> read = value_of(value_groups(match, 1));
  if (!read || begins_within_word(match) || is_error(match)) return std::nullopt;
  const std::optional<Quantity> value = as_rate(match, *read);
  // "It took 3 s" is how long it took.
  if (holds(duration, match.groups[0]) && !holds(comparison, behind(match))) return std::nullopt;
  static const RegularExpression falling("^[(]?-");
  static const RegularExpression rising("^[(]?[+]");
  const bool falls = holds(falling, match.groups[0]);
  const std::optional<bool> rises = falls || holds(rising, match.groups[0]) ? std::optional(!falls) : std::nullopt;
  static const RegularExpression less("(?i)^(?:remov|shed|trim|slash|freed?|knock|sav|shav)");
  StatementSign sign = holds(less, match.groups[0]) ? StatementSign::better : sign_of_words(match.sentence);
  // "grows by 14 kB": of times and sizes, less is better.
  if (sign == StatementSign::unknown)
    sign = sign_of_change(match.sentence, rises, value->unit == "B" ? "1 bytes" : "1 " + value->unit);
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
