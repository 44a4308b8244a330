#include "experiments/adversary/reports/state_readers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include "core/assert.hpp"
#include "core/text/lower_case.hpp"
#include "core/units.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

Statement rate_of(double share, const Match& match) {
  const StatementSign sign = share >= 95 ? StatementSign::better : sign_of_words(match.sentence);
  return {.kind = StatementKind::rate, .sign = sign, .amount = {share, share, "%"}};
}

bool is_upper(std::string_view comparison) {
  static const RegularExpression lower("(?i)>|at least|more than|over|above|no less|no fewer");
  static const RegularExpression missed("(?i)exceed");
  return holds(missed, comparison) || !holds(lower, comparison);
}

/// "files > 100 kB", "small (<= 4 kB)": which things are meant, and not how large anything gets.
bool selects_by_size(const Match& match, const Quantity& value) {
  constexpr std::string_view kThings =
      "files?|buffers?|allocations?|objects?|blobs?|chunks?|payloads?|messages?|images?|uploads?|downloads?|records?|"
      "strings?|packets?|inputs?|documents?|attachments?|pages?|blocks?|streams?|values?|sections?|windows?|data "
      "?sets?|"
      "tables?|rows?|keys?|arenas?|regions?|segments?|archives?|databases?|repos(?:itories)?|disks?|volumes?|systems?|"
      "machines?|devices?|requests?|responses?|bodies|bundles|heaps?";
  static const RegularExpression before(
      fmt::format("(?i)\\b(?:{}|tiny|small|short|medium|large|long|big|huge) ?\\(?$", kThings));
  static const RegularExpression after(fmt::format("(?i)^\\)? (?:[a-z]+ )?(?:{})\\b", kThings));
  static const RegularExpression measure(
      "(?i)^\\)? (?:[a-z]+ ){1,2}(?:sizes?|growth|footprint|overhead|churn|usage|rate)\\b");
  // "if more than 4 GiB", "for > 4 GiB of data": no program boasts of so much.
  static const RegularExpression condition("(?i)\\b(?:if|when|where|for|with|using|on|beyond|above) (?:[a-z]+ ){0,2}$");
  static const RegularExpression more("(?i)>|more than|over|above|exceed");
  if (!conversion_factor(value.unit, "B")) return false;
  if (holds(more, match.groups[1]) && holds(condition, ahead(match))) return true;
  return holds(before, ahead(match)) || (holds(after, behind(match)) && !holds(measure, behind(match)));
}

/// Whether the last figure of the row beside the limit breaks it: what holds now stands behind what held before.
bool is_broken_in_row(const Match& match, const Statement& limit) {
  static const RegularExpression comparison("[<>]");
  const auto& cells = match.passage.cells;
  for (auto cell = cells.rbegin(); cell != cells.rend(); ++cell) {
    const std::optional<Quantity> figure = holds(comparison, *cell) ? std::nullopt : figure_in(*cell);
    const auto now = figure ? converted(*figure, limit.amount.unit) : std::nullopt;
    if (now) return limit.is_upper ? now->high > limit.amount.high : now->low < limit.amount.low;
  }
  return false;
}

/// Whether the text has a mark for what was not reached.
bool has_cross(std::string_view text) {
  constexpr std::array<std::string_view, 4> kCrosses = {"\u274c", "\u2716", "\u2717", "\u2718"};
  return std::any_of(kCrosses.begin(), kCrosses.end(),
                     [text](std::string_view cross) { return text.find(cross) != std::string_view::npos; });
}

StatementSign sign_of_limit(const Match& match, const Statement& limit) {
  static const RegularExpression exceeded("(?i)\\bexceed");
  if (holds(exceeded, match.groups[1])) return StatementSign::worse;
  const bool is_open = has_cross(is_tabular(match) ? match.passage.text : match.sentence);
  return is_open || is_broken_in_row(match, limit) ? StatementSign::unknown : StatementSign::better;
}

/// "-> 300 RPS"
bool is_arrow(const Match& match) {
  static const RegularExpression shaft("[-=]$");
  return match.groups[1] == ">" && holds(shaft, ahead(match));
}

std::optional<Statement> limit_of(const Match& match, const Quantity& amount) {
  if (is_arrow(match)) return std::nullopt;
  Statement limit = {.kind = StatementKind::limit, .amount = amount, .is_upper = is_upper(match.groups[1])};
  limit.sign = sign_of_limit(match, limit);
  return limit;
}

/// How many of so many went well. A date has a third number behind the second.
std::optional<Statement> outcome_rate(const Match& match, std::string_view verb, std::string_view count_text,
                                      std::string_view total_text) {
  static const RegularExpression failure("(?i)^(?:fail|crash|flak)");
  static const RegularExpression date("^[/.-][0-9]");
  const bool is_none = count_text == "never" || count_text == "zero";
  const std::optional<double> count = is_none ? std::optional(0.0) : written_number(count_text);
  const std::optional<double> total = written_number(total_text);
  constexpr double kFewest = 5;
  const bool is_share = count && total && *total >= kFewest && *count <= *total;
  if (!is_share || begins_within_word(match) || holds(date, behind(match))) return std::nullopt;
  const double share = 100 * *count / *total;
  return rate_of(holds(failure, verb) ? 100 - share : share, match);
}

/// Whether the text has a mark for what was reached or not.
bool has_mark(std::string_view text) {
  return has_cross(text) || text.find("\u2713") != std::string_view::npos ||
         text.find("\u2714") != std::string_view::npos || text.find("\u2705") != std::string_view::npos;
}

/// The words around the figure: those of the whole row, or of the same clause.
std::string beside(const Match& match) {
  if (match.passage.kind == PassageKind::row) return context(match);
  constexpr std::size_t kBefore = 60;
  constexpr std::size_t kBehind = 40;
  const std::string_view all = ahead(match);
  std::string_view before = all.substr(all.size() - std::min(all.size(), kBefore));
  before.remove_prefix(std::min(before.find_last_of(".;\n") + 1, before.size()));
  const std::string_view rest = behind(match).substr(0, kBehind);
  return fmt::format("{} {}", before, rest.substr(0, rest.find_first_of(".;\n")));
}

}  // namespace

std::optional<Statement> read_rate(const Match& match) {
  const std::optional<double> share = written_number(match.groups[1]);
  if (!share || *share > 100 || begins_within_word(match)) return std::nullopt;
  static const RegularExpression equation("^ly (?:equal|match|represent|describ|reflect)");
  if (holds(equation, behind(match))) return std::nullopt;
  static const RegularExpression failure("(?i)(?:\\b|_)(?:error|fail|crash|flak)");
  const bool is_of_failures = holds(failure, match.groups[0]);
  return rate_of(is_of_failures ? 100 - *share : *share, match);
}

std::optional<Statement> read_count_rate(const Match& match) {
  const std::optional<double> count = written_number(match.groups[1]);
  const std::optional<double> total = written_number(match.groups[2]);
  if (!count || !total || *total <= 0 || *count > *total || begins_within_word(match)) return std::nullopt;
  return rate_of(100 * *count / *total, match);
}

std::optional<Statement> read_outcome_rate(const Match& match) {
  return outcome_rate(match, match.groups[1], match.groups[2], match.groups[3]);
}

std::optional<Statement> read_runs_with_outcome(const Match& match) {
  return outcome_rate(match, match.groups[2], match.groups[3], match.groups[1]);
}

std::optional<Statement> read_statistic_limit(const Match& match) {
  static const RegularExpression figure("^['\"]? *[a-z(0-9.)]+ ?=");
  const std::optional<double> count = written_number(match.groups[2]);
  // Without the figure itself, it may be a condition in a program.
  const bool has_figure = holds(figure, behind(match)) || has_mark(match.passage.text.substr(0, match.offset));
  return count && has_figure && is_tabular(match) ? limit_of(match, {*count, *count, ""}) : std::nullopt;
}

std::optional<Statement> read_share_of_trials(const Match& match) {
  static const RegularExpression right(
      "(?i)\\b(?:met|succe\\w*|pass\\w*|pick\\w*|right|correct\\w*|ok|managed|complet\\w*|solv\\w*|answer\\w*|green|"
      "surviv\\w*|"
      "finish\\w*|recover\\w*|deliver\\w*|detect\\w*|caught|reproduc\\w*|in time|on time|within)\\b");
  static const RegularExpression wrong(
      "(?i)\\b(?:fail\\w*|lost|wrong\\w*|crash\\w*|missed|broke\\w*|errors?|timed out)\\b");
  static const RegularExpression trials(
      "(?i)\\b(?:trials?|runs?|attempts?|nights?|days|weeks|tests?|cases|requests?|samples|episodes|jobs?|builds?|"
      "deploy\\w*|"
      "images|questions|queries|tasks|games|times|problems|operations|calls|sessions|uploads|releases|files|checks|"
      "prompts|examples|puzzles|pages|devices|repos|packages|commits|instances|devices)\\b");
  const std::optional<double> count = written_number(match.groups[1]);
  const std::optional<double> total = written_number(match.groups[2]);
  constexpr double kFewest = 5;
  if (!count || !total || *total < kFewest || *count > *total || begins_within_word(match)) return std::nullopt;
  const double share = 100 * *count / *total;
  const std::optional<double> said = written_number(match.groups[3]);
  const bool is_percentage = said && *said >= share - 1 && *said <= share + 1;
  const std::string near = beside(match);
  const bool is_right = holds(right, near);
  if ((!is_percentage && !holds(trials, match.groups[0])) || (!is_right && !holds(wrong, near))) return std::nullopt;
  return rate_of(is_right ? share : 100 - share, match);
}

std::optional<Statement> read_kept_limit(const Match& match) {
  static const RegularExpression lower("(?i)under|below|less than");
  const auto groups = value_groups(match, 2);
  const std::optional<Quantity> value = value_of(groups);
  if (!value || dimension_of(groups).name.empty() || is_tabular(match)) return std::nullopt;
  const bool is_upper = !holds(lower, match.groups[1]);
  return Statement{.kind = StatementKind::limit, .sign = StatementSign::better, .amount = *value, .is_upper = is_upper};
}

std::optional<Statement> read_limit(const Match& match) {
  const std::optional<Quantity> value = value_of(value_groups(match, 2));
  if (!value || selects_by_size(match, *value)) return std::nullopt;
  return limit_of(match, as_rate(match, *value));
}

std::optional<Statement> read_stated_share(const Match& match) {
  const std::optional<double> count = written_number(match.groups[1]);
  const std::optional<double> total = written_number(match.groups[2]);
  const std::optional<double> said = written_number(match.groups[3]);
  constexpr double kFewest = 5;
  if (!count || !total || !said || *total < kFewest || begins_within_word(match)) return std::nullopt;
  const double share = 100 * *count / *total;
  static const RegularExpression failure("(?i)\\b(?:fail|error|flak|crash|lost|miss)");
  const bool is_of_failures = holds(failure, beside(match));
  if (std::abs(share - *said) > 1) return std::nullopt;
  return rate_of(is_of_failures ? 100 - share : share, match);
}

std::optional<Statement> read_passed_and_failed(const Match& match) {
  const std::optional<double> passed = written_number(match.groups[1]);
  const std::optional<double> failed = written_number(match.groups[2]);
  constexpr double kFewest = 5;
  if (!passed || !failed || *passed + *failed < kFewest || begins_within_word(match)) return std::nullopt;
  return rate_of(100 * *passed / (*passed + *failed), match);
}

std::optional<Statement> read_all_passed(const Match& match) {
  return written_number(match.groups[1]) ? std::optional(rate_of(100, match)) : std::nullopt;
}

std::optional<Statement> read_full_count(const Match& match) {
  static const RegularExpression tests(
      "(?i)(?:\\b|_|/)(?:\\w*tests?|checks?|cases|specs?|pass(?:ed|ing|es)?|green)\\b");
  static const RegularExpression date("^[/.-][0-9]");
  const std::optional<double> count = written_number(match.groups[1]);
  const std::optional<double> total = written_number(match.groups[2]);
  constexpr double kFewest = 5;
  const bool is_full = count && total && *total >= kFewest && *count == *total;
  if (!is_full || begins_within_word(match) || holds(date, behind(match)) || !holds(tests, match.sentence)) {
    return std::nullopt;
  }
  return rate_of(100, match);
}

std::optional<Statement> read_sub_unit(const Match& match) {
  struct Prefix {
    std::string_view word;
    std::string_view unit;
  };
  constexpr std::array kPrefixes = {Prefix{"", "s"}, Prefix{"milli", "ms"}, Prefix{"micro", "us"},
                                    Prefix{"nano", "ns"}};
  const std::string said = in_lower_case(match.groups[1]);
  const auto* const prefix =
      std::find_if(kPrefixes.begin(), kPrefixes.end(), [&said](const Prefix& one) { return one.word == said; });
  ASSAY_ASSERT(prefix != kPrefixes.end());  // the pattern has no other
  return Statement{
      .kind = StatementKind::limit, .sign = StatementSign::better, .amount = {1, 1, std::string(prefix->unit)}};
}

std::optional<Statement> read_percent_limit(const Match& match) {
  static const RegularExpression change(
      "(?i)^ (?:[a-z]+ )?(?:faster|slower|higher|lower|more|less|fewer|better|worse|larger|smaller|increase|reduction|"
      "decrease|improvement|speed)");
  const std::optional<double> share = written_number(match.groups[2]);
  const bool is_said_of_change = holds(change, behind(match));
  const bool is_measured = has_measured_noun(beside(match)) || match.passage.is_reached;
  if (!share || is_said_of_change || !is_measured) return std::nullopt;
  return limit_of(match, {*share, *share, "%"});
}

std::optional<Statement> read_count_limit(const Match& match) {
  const std::optional<double> count = written_number(match.groups[2]);
  return count ? limit_of(match, {*count, *count, ""}) : std::nullopt;
}

}  // namespace assay::adversary
