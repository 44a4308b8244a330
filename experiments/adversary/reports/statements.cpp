#include "experiments/adversary/reports/statements.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/text/regular_expression.hpp"
#include "core/text/utf8.hpp"
#include "experiments/adversary/reports/quantities.hpp"

namespace assay::adversary {
namespace {

constexpr std::string_view kBetterWords =
    "fast|quick|speed|spe?d ?up|improv|better|less\\b|fewer|lower|reduc|decreas|drop|sav(?:e|ing)|shav|cut|shr[iu]nk|"
    "smaller|short|gain|win\\b|optimi|halv|down|off\\b|increased (?:throughput|speed)";
constexpr std::string_view kWorseWords =
    "slow|worse|regress|degrad|longer|overhead|larger|bigger|lost|los[es]+\\b|"
    "exceed";
constexpr std::string_view kEffectWords =
    "increas|grew|grow|more\\b|higher|perform|impact|throughput|latency|target|expect|achiev|change|gain|times|runtime";

std::string any_word(std::string_view words) {
  return fmt::format("(?i)\\b(?:{})", words);
}

struct EffectWords {
  RegularExpression better{any_word(kBetterWords)};
  RegularExpression worse{any_word(kWorseWords)};
  RegularExpression effect{fmt::format("(?i)\\b(?:{}|{}|{})", kBetterWords, kWorseWords, kEffectWords)};
  RegularExpression confidence{"^[^.;|]{0,3}\\b(?:CI|confidence|conf\\.|percentile|quantile|coverage|threshold)\\b"};
};

const EffectWords& words() {
  static const EffectWords all;
  return all;
}

bool holds(const RegularExpression& expression, std::string_view text) {
  return expression.first_match(text).has_value();
}

StatementSign sign_of_words(std::string_view sentence) {
  const bool is_better = holds(words().better, sentence);
  const bool is_worse = holds(words().worse, sentence);
  if (is_better == is_worse) return StatementSign::unknown;
  return is_better ? StatementSign::better : StatementSign::worse;
}

/// Less time and less memory are better; of other values nobody knows.
StatementSign sign_of_values(const Quantity& before, const Quantity& after) {
  if (after.unit.empty() || after.unit == "%" || before.unit != after.unit) return StatementSign::unknown;
  if (after.high < before.low) return StatementSign::better;
  return after.low > before.high ? StatementSign::worse : StatementSign::unknown;
}

/// A place of a passage that a pattern matched, with its groups.
struct Match {
  const Passage& passage;
  std::size_t offset = 0;
  std::vector<std::string_view> groups;
  std::string sentence;
  bool is_beside_another = false;  ///< the sentence states something else already
};

/// Reads a match; std::nullopt if it states no effect after all.
using MatchReader = std::function<std::optional<Statement>(const Match&)>;
struct Pattern {
  RegularExpression expression;
  MatchReader read;
};

ValueGroups value_groups(const Match& match, std::size_t first) {
  return {match.groups[first], match.groups[first + 1], match.groups[first + 2], match.groups[first + 3],
          match.groups[first + 4]};
}

bool is_tabular(const Match& match) {
  return match.passage.kind == PassageKind::row || match.passage.kind == PassageKind::code;
}

/// What stands before and after the match.
char before(const Match& match) {
  return match.offset == 0 ? ' ' : match.passage.text[match.offset - 1];
}
std::string_view behind(const Match& match) {
  return std::string_view(match.passage.text).substr(match.offset + match.groups[0].size());
}

bool is_part_of_word(char letter) {
  return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         letter == '.' || letter == '_' || letter == '/' || letter == '#';
}

std::optional<Statement> read_values(const Match& match) {
  auto earlier = value_of(value_groups(match, 1));
  auto later = value_of(value_groups(match, 1 + kValueGroups));
  if (is_part_of_word(before(match)) || !earlier || !later) return std::nullopt;
  if (earlier->unit.empty()) earlier->unit = later->unit;
  const bool has_unit = !match.groups[3].empty() || !match.groups[3 + kValueGroups].empty();
  earlier = converted(*earlier, later->unit);
  if (!has_unit || !earlier) return std::nullopt;
  StatementSign sign = sign_of_values(*earlier, *later);
  if (sign == StatementSign::unknown) sign = sign_of_words(match.sentence);
  return Statement{.kind = StatementKind::values, .sign = sign, .amount = *later, .before = earlier};
}

std::optional<Statement> read_ratio(const Match& match) {
  const std::optional<Quantity> range = range_of(match.groups[1], match.groups[2]);
  const std::string_view after = behind(match);
  const bool is_dimension = !after.empty() && (is_part_of_word(after.front()) && after.front() != '.' &&
                                               after.front() != '/' && after.front() != '#');
  if (is_part_of_word(before(match)) || is_dimension || !range || range->low <= 0) return std::nullopt;
  // "1.89x" beside two times needs no word; "ran it 3x" has none.
  if (!is_tabular(match) && !match.is_beside_another && !holds(words().effect, match.sentence)) {
    static const RegularExpression two_times("(?:[0-9] ?m?s\\b.*){2}");
    if (!holds(two_times, match.sentence)) return std::nullopt;
  }
  StatementSign sign = sign_of_words(match.sentence);
  if (sign == StatementSign::unknown && range->low > 1) sign = StatementSign::better;
  return Statement{.kind = StatementKind::ratio, .sign = sign, .amount = *range};
}

std::optional<Statement> read_word_ratio(const Match&) {
  return Statement{.kind = StatementKind::ratio, .sign = StatementSign::better, .amount = {2, 2, ""}};
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

std::optional<Statement> read_percent(const Match& match) {
  const std::string_view sign_mark = match.groups[1];
  const std::optional<Quantity> range = range_of(match.groups[2], match.groups[3]);
  if (!range || is_part_of_word(before(match)) || holds(words().confidence, behind(match))) return std::nullopt;
  const bool is_signed = !sign_mark.empty();
  // A change in a row is signed, or follows from the numbers beside it; elsewhere a word says what it is.
  const bool has_word = match.passage.kind != PassageKind::row && holds(words().effect, match.sentence);
  const bool is_change =
      is_signed || has_word || (is_tabular(match) && is_change_between_numbers(match.passage.text, range->low));
  if (!is_change) return std::nullopt;
  const double turned = sign_mark == "-" ? -1 : 1;
  return Statement{.kind = StatementKind::percent,
                   .sign = sign_of_words(match.sentence),
                   .amount = {turned * range->low, turned * range->high, "%"},
                   .is_signed = is_signed};
}

std::optional<Statement> read_rate(const Match& match) {
  const std::optional<double> share = written_number(match.groups[1]);
  if (!share || *share > 100) return std::nullopt;
  const StatementSign sign = *share >= 95 ? StatementSign::better : sign_of_words(match.sentence);
  return Statement{.kind = StatementKind::rate, .sign = sign, .amount = {*share, *share, "%"}};
}

std::optional<Statement> read_count(const Match& match) {
  const std::optional<double> count = written_number(match.groups[1]);
  const std::optional<double> total = written_number(match.groups[2]);
  if (!count || !total || *total <= 0 || *count > *total || is_part_of_word(before(match))) return std::nullopt;
  const double share = 100 * *count / *total;
  const StatementSign sign = share >= 95 ? StatementSign::better : sign_of_words(match.sentence);
  return Statement{.kind = StatementKind::rate, .sign = sign, .amount = {share, share, "%"}};
}

std::optional<Statement> read_difference(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 1));
  if (!value || is_part_of_word(before(match))) return std::nullopt;
  return Statement{.kind = StatementKind::difference, .sign = sign_of_words(match.sentence), .amount = *value};
}

/// "260K less allocations"
std::optional<Statement> read_count_difference(const Match& match) {
  const std::optional<double> count = written_number(match.groups[1]);
  if (!count || is_part_of_word(before(match))) return std::nullopt;
  return Statement{
      .kind = StatementKind::difference, .sign = sign_of_words(match.sentence), .amount = {*count, *count, ""}};
}

std::optional<Statement> read_value(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 1));
  // Warnings of tools say "increase target time to 30 s".
  if (!value || is_tabular(match)) return std::nullopt;
  return Statement{.kind = StatementKind::value, .sign = sign_of_words(match.sentence), .amount = *value};
}

std::optional<Statement> read_limit(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 2));
  if (!value) return std::nullopt;
  const bool is_lower = match.groups[1].starts_with('>');
  const bool is_missed = holds(words().worse, match.groups[0]);
  return Statement{.kind = StatementKind::limit,
                   .sign = is_missed ? StatementSign::worse : StatementSign::better,
                   .amount = *value,
                   .is_upper = !is_lower};
}

/// In the order in which they are tried; what one of them has read, the next ones do not see.
const std::vector<Pattern>& patterns() {
  const std::string value = value_pattern();
  const std::string loose = loose_value_pattern();
  constexpr std::string_view kFalls =
      "reduc|lower|cut|bring|brought|drop|decreas|increas|improv|shr[iu]nk|down|fell|grew";
  constexpr std::string_view kMoves = "sav|shav|cut|gain|lost|lose|took|tak|add|cost|win|won";
  static const std::vector<Pattern> all = {
      {RegularExpression("(?i)(?:from )?" + loose + "(?: [a-z(-][a-z()-]*){0,3}? ?(?:->|=>) ?" + loose), read_values},
      {RegularExpression("(?i)from " + loose +
                         "(?: [a-z(-][a-z()-]*){0,3}? (?:down |up )?to (?:just |only |about |under )?" + loose),
       read_values},
      {RegularExpression("(?i)" + value + " (?:down )?(?:to|vs\\.?|versus) " + value), read_values},
      {RegularExpression("(?i)(" + std::string(kNumberPattern) +
                         ") ?% ?(?:[a-z]+ ){0,2}?(?:pass|success|succeed|reliab|availab|uptime|utili[sz])"),
       read_rate},
      {RegularExpression(
           "(?i)(?:pass(?:ing)?|success|reliability|availability) ?(?:rate)?[^0-9a-z%|]{0,3}(?:of |is |at )?(" +
           std::string(kNumberPattern) + ") ?%"),
       read_rate},
      {RegularExpression("(?i)(" + std::string(kNumberPattern) +
                         ") ?(?:success\\w* |passed |passing )?(?:/|of|out of) ?(" + std::string(kNumberPattern) +
                         ") (?:[a-z]+ )?(?:tests?|operations?|ops|requests?|jobs?|pass\\w*|succe\\w*|green)\\b"),
       read_count},
      {RegularExpression("(?i)" + range_pattern() +
                         " ?(?:x\\b|times (?:fast|slow|less|more|small|better|high|low)|[- ]?fold)"),
       read_ratio},
      {RegularExpression("(?i)factor (?:of )?" + range_pattern()), read_ratio},
      {RegularExpression(
           "(?i)\\b(?:twice as fast|twice the speed|halv(?:es|ed|ing)|doubl(?:es|ed|ing) the (?:speed|throughput))\\b"),
       read_word_ratio},
      {RegularExpression("([+-])?" + range_pattern() + " ?%"), read_percent},
      {RegularExpression("(?i)(<=?|>=?|\\bunder|\\bbelow|\\bat most|\\bless than|\\bwithin|\\bno more "
                         "than|\\bexceed\\w*(?: [a-z]+){0,2}) ?" +
                         value),
       read_limit},
      {RegularExpression(
           fmt::format("(?i)\\b(?:{})\\w*(?: [\\w'()-]+){{0,8}}? to (?:just |only |about |around )?{}", kFalls, value)),
       read_value},
      {RegularExpression(fmt::format("(?i)\\b(?:{})\\w*(?: [\\w'-]+){{0,2}}? {}", kMoves, value)), read_difference},
      {RegularExpression("(?i)\\bby (?:about |around |roughly |up to )?" + value), read_difference},
      {RegularExpression("(?i)(" + std::string(kNumberPattern) +
                         ") ?(?:k|m|million|thousand)? (?:less|fewer) [a-z]{3,}"),
       read_count_difference},
      {RegularExpression("(?i)" + value +
                         " (?:\\w+ )?(?:fast|slow|quick|less\\b|fewer|more\\b|worse|better|longer|short)"),
       read_difference},
      {RegularExpression("[+-]" + value), read_difference},
  };
  return all;
}

/// Whether the pattern of a lone difference needs a word beside it: "+3 s" in a diff is none.
bool states_effect(const Match& match, const Statement& statement) {
  if (statement.kind != StatementKind::difference || is_tabular(match)) return true;
  return holds(words().effect, match.sentence);
}

/// Finds the statements of one passage.
class PassageStatements {
 public:
  explicit PassageStatements(const Passage& passage) : passage_(passage), unread_(passage.text) {}

  [[nodiscard]] std::vector<Statement> find() && {
    for (const Pattern& pattern : patterns()) find(pattern);
    return std::move(statements_);
  }

 private:
  void find(const Pattern& pattern) {
    std::size_t from = 0;
    while (from < unread_.size()) {
      const auto found = pattern.expression.first_match(std::string_view(unread_).substr(from));
      if (!found || (*found)[0].empty()) return;
      const auto offset = static_cast<std::size_t>((*found)[0].data() - unread_.data());
      const std::size_t length = (*found)[0].size();
      Match match{passage_, offset, *found, sentence_around(passage_, offset)};
      match.is_beside_another =
          std::any_of(statements_.begin(), statements_.end(),
                      [&match](const Statement& statement) { return statement.quote == match.sentence; });
      if (auto statement = pattern.read(match); statement && states_effect(match, *statement)) {
        add(*std::move(statement), match);
        std::fill_n(unread_.begin() + static_cast<std::ptrdiff_t>(offset), length, '\x01');
      }
      from = offset + length;
    }
  }

  void add(Statement statement, const Match& match) {
    statement.line = line_at(passage_, match.offset);
    statement.quote = match.sentence;
    // A row is about one thing in many figures.
    const bool is_one = is_tabular(match);
    const bool is_known = std::any_of(statements_.begin(), statements_.end(), [&](const Statement& other) {
      return other.line == statement.line && other.kind == statement.kind &&
             (is_one || other.amount == statement.amount);
    });
    if (!is_known) statements_.push_back(std::move(statement));
  }

  const Passage& passage_;
  std::string unread_;
  std::vector<Statement> statements_;
};

/// "before: 5m 36s" and, within a few passages, "now: 1m 31s".
class LabelledPairs {
 public:
  [[nodiscard]] std::optional<Statement> take(const Passage& passage) {
    static const RegularExpression before(
        "(?i)\\b(?:before|previously|baseline|old|stock)\\b(?: *:[a-z_ ]{0,30})?[^0-9\\n]{0,12}" +
        loose_value_pattern());
    static const RegularExpression after(
        "(?i)\\b(?:after|now|new|patched|current)\\b(?: *:[a-z_ ]{0,30})?[^0-9\\n]{0,12}" + loose_value_pattern());
    ++age_;
    if (const auto found = before.first_match(passage.text)) {
      before_ = value_of({(*found)[1], (*found)[2], (*found)[3], (*found)[4], (*found)[5]});
      age_ = 0;
    }
    const auto found = after.first_match(passage.text);
    if (!found || !before_ || age_ > 3) return std::nullopt;
    const auto later = value_of({(*found)[1], (*found)[2], (*found)[3], (*found)[4], (*found)[5]});
    const auto earlier = later ? converted(*before_, later->unit) : std::nullopt;
    before_.reset();
    // Without a unit, only a colon tells a figure from any other number.
    const bool is_figure = later && (!later->unit.empty() || (*found)[0].find(':') != std::string_view::npos);
    if (!earlier || !is_figure) return std::nullopt;
    const auto offset = static_cast<std::size_t>((*found)[0].data() - passage.text.data());
    return Statement{.kind = StatementKind::values,
                     .sign = sign_of_values(*earlier, *later),
                     .line = line_at(passage, offset),
                     .amount = *later,
                     .before = earlier,
                     .quote = sentence_around(passage, offset)};
  }

 private:
  std::optional<Quantity> before_;
  int age_ = 0;
};

/// A full stop, and not the point of a number or an abbreviation of one letter.
bool ends_sentence(std::string_view text, std::size_t at) {
  const char mark = text[at];
  if (mark != '.' && mark != '!' && mark != '?') return false;
  return at + 1 >= text.size() || text[at + 1] == ' ' || text[at + 1] == '\n';
}

}  // namespace

std::string sentence_around(const Passage& passage, std::size_t offset) {
  const std::string_view text = passage.text;
  std::size_t begin = std::min(offset, text.size());
  while (begin > 0 && !ends_sentence(text, begin - 1)) --begin;
  std::size_t end = offset;
  while (end < text.size() && !ends_sentence(text, end)) ++end;
  std::string sentence;
  for (const char letter : text.substr(begin, end - begin)) {
    const bool is_blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
    if (is_blank && (sentence.empty() || sentence.back() == ' ')) continue;
    sentence += is_blank ? ' ' : letter;
  }
  while (!sentence.empty() && sentence.back() == ' ') sentence.pop_back();
  return sentence;
}

std::vector<Statement> statements_in(const std::vector<Passage>& passages) {
  std::vector<Statement> all;
  std::string section;
  LabelledPairs pairs;
  for (const Passage& passage : passages) {
    if (passage.kind == PassageKind::heading) section = sentence_around(passage, 0);
    std::vector<Statement> found = PassageStatements(passage).find();
    if (auto pair = pairs.take(passage)) found.push_back(*std::move(pair));
    for (Statement& statement : found) {
      statement.section = section;
      all.push_back(std::move(statement));
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Statement& one, const Statement& other) { return one.line < other.line; });
  return all;
}

}  // namespace assay::adversary
