#include "experiments/adversary/reports/pairs/columns.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "experiments/adversary/reports/reading/effect_words.hpp"
#include "experiments/adversary/reports/reading/sides.hpp"

namespace assay::adversary {
namespace {

/// What may stand behind the word for a side: what is measured, and its unit.
constexpr std::string_view kMeasured =
    "(?:(?:[ _/-](?:branch|version|build|code|run|ok|time|mean|median|avg|p[0-9]+|value|result|score|size|"
    "[a-z]{1,5}/(?:op|s)|ms|us|ns|s|min|[kmg]i?b|%|\\.txt)|\\.txt|:))*";

/// The head without its unit in brackets.
std::string name_of_head(std::string_view head) {
  std::string name(head.substr(0, head.find_first_of("([")));
  const std::size_t closing = head.find_last_of(")]");
  if (closing != std::string_view::npos) name += head.substr(closing + 1);
  name.resize(std::min(name.find(','), name.size()));
  while (!name.empty() && (name.back() == ' ' || name.back() == '*')) name.pop_back();
  while (!name.empty() && (name.front() == ' ' || name.front() == '*')) name.erase(0, 1);
  return name;
}

RegularExpression head_of(std::string_view words) {
  return RegularExpression(fmt::format("(?i)^(?:on |in |the )?(?:{}){}$", words, kMeasured));
}

Side side_of_head(std::string_view head) {
  static const RegularExpression old_one = head_of(
      "old|before|base|baseline|main|master|trunk|develop|upstream|vanilla|stock|control|reference|ref|original|"
      "previous|prev|unpatched|unoptimi[sz]ed|legacy|then|was|from|off|disabled|last release|parent|HEAD[~^]1?|v1|"
      "(?:without|w/o|no) [a-z0-9 _-]{1,20}");
  static const RegularExpression new_one = head_of(
      "new|after|patch|patched|pr|mr|this (?:pr|mr|branch|patch|change|commit|release|version)|branch|treatment|"
      "optimi[sz]ed|ours|now|is|to|on|enabled|head|candidate|proposed|tuned|improved|feature|experiment|variant|v2|"
      "(?:pr )?#[0-9]+|(?:with|w/) [a-z0-9 _-]{1,20}");
  // "Latency main" beside "Latency this PR"
  static const RegularExpression old_end(
      "(?i)^[\\w %/-]{1,24}[ _-](?:old|before|base|baseline|main|master|previous|control)$");
  static const RegularExpression new_end(
      "(?i)^[\\w %/-]{1,24}[ _-](?:new|after|patched|pr|this (?:pr|branch|patch|change)|now|treatment)$");
  const std::string name = name_of_head(head);
  if (holds(old_end, name)) return Side::old_one;
  if (holds(new_end, name)) return Side::new_one;
  if (holds(old_one, name)) return Side::old_one;
  return holds(new_one, name) ? Side::new_one : Side::other;
}

/// "current" is the new side beside "old", and the old one beside "new".
std::vector<Side> sides_of_heads(const std::vector<std::string>& header) {
  static const RegularExpression current = head_of("current|today|existing|present");
  std::vector<Side> sides;
  std::transform(header.begin(), header.end(), std::back_inserter(sides),
                 [](const std::string& head) { return side_of_head(head); });
  const bool has_old = std::count(sides.begin(), sides.end(), Side::old_one) > 0;
  const bool has_new = std::count(sides.begin(), sides.end(), Side::new_one) > 0;
  if (has_old == has_new) return sides;
  for (std::size_t column = 0; column < header.size(); ++column) {
    if (holds(current, name_of_head(header[column]))) sides[column] = has_old ? Side::new_one : Side::old_one;
  }
  return sides;
}

/// "v1.2 (ms)" beside "v1.3 (ms)": two releases of one thing, in their order.
std::optional<TwoColumns> two_releases(const std::vector<std::string>& header) {
  static const RegularExpression release("^([A-Za-z]{0,12}[ -]?)v?([0-9]{1,3}(?:\\.[0-9]{1,3}){0,2})$");
  for (std::size_t column = 1; column + 1 < header.size(); ++column) {
    const std::string first_name = name_of_head(header[column]);
    const std::string second_name = name_of_head(header[column + 1]);
    const auto first = release.first_match(first_name);
    const auto second = release.first_match(second_name);
    const bool are_two = first && second && (*first)[1] == (*second)[1] && (*first)[2] != (*second)[2];
    // Bare numbers are the figures of a table without a head, and "p50" beside "p99" are two statistics.
    const bool is_version = are_two && ((*first)[1] == "v" || (*first)[1] == "V");
    const bool has_point = are_two && (*first)[2].find('.') != std::string_view::npos;
    const bool are_named = is_version || (has_point && (*first)[1].size() > 1);
    if (are_named) return TwoColumns{column, column + 1};
  }
  return std::nullopt;
}

/// Two columns that name neither a side nor what is measured: "monolithic" beside "separate=True".
std::optional<TwoColumns> two_variants(const std::vector<std::string>& header) {
  static const RegularExpression measure(
      "(?i)^(?:[^a-z]|(?:p[0-9]+|min|max|mean|median|avg|average|std|stdev|stddev|total|user|sys|real|count|n|size|"
      "first|"
      "last|best|worst|cold|warm|cores?|threads?|version|notes?|type|unit|date|range)\\b)");
  static const RegularExpression machine(
      "(?i)\\b(?:laptop|desktop|server|machine|pc|phone|mac|macos|windows|linux|android|ios|x86\\w*|arm\\w*|amd|intel|"
      "m[1-4]|local|ci|staging|prod\\w*|cpu|gpu)\\b");
  constexpr std::size_t kColumns = 3;
  if (header.size() != kColumns) return std::nullopt;
  const bool is_other = std::any_of(header.begin() + 1, header.end(), [](const std::string& head) {
    const bool names_measure = more_is_better(head) || has_measured_noun(head) || has_time_word(head);
    return head.empty() || names_measure || holds(measure, head) || holds(machine, head);
  });
  return is_other ? std::nullopt : std::optional(TwoColumns{1, 2});
}

/// Where a column of changes stands behind two others: "FP16 | INT4 | Change".
std::optional<TwoColumns> two_before_change(const std::vector<std::string>& header) {
  static const RegularExpression change(
      "(?i)^(?:%|(?:rel(?:ative)?\\.? |perf |% )?(?:change|delta|diff(?:erence)?|speed-?up|improvement|gain|reduction|"
      "saving|saved|ratio|factor|\xce\x94|\xce\xb4|vs\\.? base)s?(?: ?%| ?x)?)$");
  for (std::size_t column = 3; column < header.size(); ++column) {
    if (holds(change, name_of_head(header[column]))) return TwoColumns{column - 2, column - 1};
  }
  return std::nullopt;
}

/// Whether the row has a figure of its own that says how far both differ.
bool has_change_of(const Passage& row, const TwoColumns& columns, const TwoValues& values) {
  const std::size_t column = columns.new_one + 1;
  const auto groups = column < row.cells.size() ? figure_of_cell(row.cells[column]) : std::nullopt;
  const auto change = groups ? value_of(*groups) : std::optional<Quantity>{};
  if (!change || values.before.low == 0) return false;
  const double difference = values.after.low - values.before.low;
  const double ratio = values.after.low / values.before.low;
  const auto is_near = [&change](double value) {
    return std::abs(std::abs(value) - change->low) <= 0.06 * std::abs(value) + 0.011;
  };
  return is_near(difference) || is_near(100 * difference / values.before.low) || is_near(ratio) || is_near(1 / ratio);
}

std::string row_context(const Passage& row) {
  std::string context = row.text;
  for (const std::string& cell : row.header) context += " | " + cell;
  return context;
}

/// Settings, and what the two versions consist of.
bool names_a_setting(const Passage& row, bool has_unit) {
  static const RegularExpression always(
      "(?i)\\b(?:time-?outs?|ports?|versions?|seed|ttl|defaults?|limits?|(?:max|min)[a-z]*[ "
      "_-](?:connections|retries|workers|"
      "threads|size|number|files|age|length)|batch size|prices?|damage|(?:poll|polling|refresh|flush) interval)(?: "
      "*[(\\[][^)]*[)\\]])?$");
  static const RegularExpression of_counts(
      "(?i)\\b(?:compiler|threads?|workers?|replicas?|date|year|commit|branch|issue|level|max|min)\\b[^|]*$");
  return holds(always, row.cells.front()) || (!has_unit && holds(of_counts, row.cells.front()));
}

/// benchstat marks a difference that its test does not find with "~".
bool is_called_no_change(const Passage& row) {
  static const RegularExpression none("^~(?: |$)");
  return std::any_of(row.cells.begin(), row.cells.end(), [](const std::string& cell) { return holds(none, cell); });
}

/// "10.9% faster" is a change itself.
bool is_change_cell(std::string_view cell) {
  static const RegularExpression change(
      "(?i)\\b(?:faster|slower|smaller|larger|less|more|fewer|better|worse)\\b|^[+-][0-9]|[0-9] ?x$");
  return holds(change, cell);
}

bool has_digits_of_a_measurement(std::string_view figure) {
  const bool has_point = figure.find('.') != std::string_view::npos;
  const auto digits = std::count_if(figure.begin(), figure.end(), [](char one) { return one >= '0' && one <= '9'; });
  return digits >= (has_point ? 2 : 4);
}

std::optional<Statement> pair_in(const Passage& row, const TwoColumns& columns, bool is_by_change) {
  if (std::max(columns.old_one, columns.new_one) >= row.cells.size()) return std::nullopt;
  const std::string& old_cell = row.cells[columns.old_one];
  const std::string& new_cell = row.cells[columns.new_one];
  auto before = figure_of_cell(old_cell);
  auto after = figure_of_cell(new_cell);
  if (!before || !after) return std::nullopt;
  // The unit may stand in the heads or in the name of the row.
  std::string unit;
  for (const std::string& text : {row.header[columns.new_one], row.header[columns.old_one], row.cells.front()}) {
    if (unit.empty()) unit = unit_of_head(text);
  }
  const bool are_bare = before->unit.empty() && before->span.empty() && after->unit.empty() && after->span.empty();
  if (are_bare) before->unit = after->unit = unit;
  const auto values = two_values(*before, *after);
  const std::string context = row_context(row);
  const bool is_measured =
      values && (values->has_unit || more_is_better(context) || has_change_of(row, columns, *values) ||
                 (has_digits_of_a_measurement(before->low) && has_digits_of_a_measurement(after->low)));
  const bool is_time_of_day = has_clock(new_cell) && !has_time_word(context) && !is_by_change;
  const bool is_setting = names_a_setting(row, values && values->has_unit);
  if (!is_measured || is_setting || values->before == values->after || is_time_of_day) return std::nullopt;
  if (is_by_change && !has_change_of(row, columns, *values)) return std::nullopt;
  std::string measured = unit.empty() ? row.cells.front() : fmt::format("{} 1 {}", row.cells.front(), unit);
  // Each column has its own unit, in its head or in its cells.
  for (const std::string& text : {row.header[columns.new_one], new_cell}) {
    if (!more_is_better(measured)) measured += " | " + text;
  }
  return Statement{.kind = StatementKind::values,
                   .sign = sign_of_measure(values->before, values->after, measured, context),
                   .line = line_at(row, row.text.size() - 1),
                   .amount = values->after,
                   .before = values->before,
                   .quote = sentence_around(row, 0)};
}

/// Without a word that says so, only units show that two columns measure one thing.
std::vector<Statement> pairs_of_variants(const Passage& row) {
  const auto columns = two_variants(row.header);
  if (!columns || columns->new_one >= row.cells.size()) return {};
  const auto one = figure_of_cell(row.cells[columns->old_one]);
  const auto other = figure_of_cell(row.cells[columns->new_one]);
  const bool have_units = one && other && !dimension_of(*one).name.empty() && !dimension_of(*other).name.empty();
  const bool are_changes = is_change_cell(row.cells[columns->old_one]) || is_change_cell(row.cells[columns->new_one]);
  auto statement = have_units && !are_changes ? pair_in(row, *columns, false) : std::nullopt;
  return statement ? std::vector<Statement>{*std::move(statement)} : std::vector<Statement>{};
}

}  // namespace

std::vector<TwoColumns> two_sides_of(const std::vector<std::string>& header) {
  const std::vector<Side> sides = sides_of_heads(header);
  std::vector<TwoColumns> pairs;
  constexpr std::size_t kNone = std::string::npos;
  TwoColumns next = {kNone, kNone};
  for (std::size_t column = 0; column < sides.size(); ++column) {
    if (sides[column] == Side::old_one) next.old_one = column;
    if (sides[column] == Side::new_one) next.new_one = column;
    if (next.old_one == kNone || next.new_one == kNone) continue;
    pairs.push_back(next);
    next = {kNone, kNone};
  }
  if (!pairs.empty()) return pairs;
  if (const auto releases = two_releases(header)) return {*releases};
  // Heads in more words: "with the index", "Time on this branch".
  for (std::size_t column = 0; column < header.size(); ++column) {
    const Side side = side_of(header[column]);
    if (side == Side::old_one && next.old_one == kNone) next.old_one = column;
    if (side == Side::new_one && next.new_one == kNone) next.new_one = column;
  }
  if (next.old_one != kNone && next.new_one != kNone) pairs.push_back(next);
  return pairs;
}

std::string without_error(std::string_view text) {
  static const RegularExpression error("(?: |^)? *(?:\xc2\xb1|\\+/-|\\+-) *[0-9][0-9.,]* ?%?");
  std::string kept;
  while (const auto found = error.first_match(text)) {
    const auto place = static_cast<std::size_t>((*found)[0].data() - text.data());
    kept += text.substr(0, place);
    text.remove_prefix(place + (*found)[0].size());
  }
  return kept + std::string(text);
}

std::optional<ValueGroups> figure_of_cell(std::string_view cell) {
  static const RegularExpression figure("(?i)^[^0-9]{0,3}?" + loose_value_pattern() + "[^0-9]*$");
  // The parts that are returned are those of the cell, so an error is only cut off behind the figure.
  static const RegularExpression error("(?:\xc2\xb1|\\+/-|\\+-)");
  if (const auto found = error.first_match(cell)) {
    cell = cell.substr(0, static_cast<std::size_t>((*found)[0].data() - cell.data()));
  }
  const auto found = figure.first_match(cell);
  if (!found) return std::nullopt;
  return ValueGroups{(*found)[1], (*found)[2], (*found)[3], (*found)[4]};
}

std::string unit_of_head(std::string_view head) {
  static const RegularExpression in_brackets("[(\\[]([^)\\]]{1,16})[)\\]]");
  static const RegularExpression at_end("(?:^|[ ,])([A-Za-z%/$]{1,14})$");
  for (const RegularExpression* form : {&in_brackets, &at_end}) {
    const auto found = form->first_match(head);
    if (!found) continue;
    const std::string figure = fmt::format("1 {}", (*found)[1]);
    const auto groups = figure_of_cell(figure);
    const bool is_unit = groups && !groups->unit.empty();
    if (is_unit && groups->unit.size() == (*found)[1].size()) return std::string((*found)[1]);
  }
  return "";
}

std::vector<Statement> pairs_of_columns(const Passage& row) {
  if (row.cells == row.header || row.header.empty() || row.cells.empty() || is_called_no_change(row)) return {};
  std::vector<Statement> found;
  std::vector<TwoColumns> columns = two_sides_of(row.header);
  const bool is_by_change = columns.empty();
  if (const auto pair = is_by_change ? two_before_change(row.header) : std::nullopt) columns = {*pair};
  if (columns.empty()) return pairs_of_variants(row);
  for (const TwoColumns& pair : columns) {
    if (auto statement = pair_in(row, pair, is_by_change)) found.push_back(*std::move(statement));
  }
  return found;
}

}  // namespace assay::adversary
