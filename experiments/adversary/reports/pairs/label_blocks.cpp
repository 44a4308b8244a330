#include "experiments/adversary/reports/pairs/label_blocks.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/text/lower_case.hpp"
#include "experiments/adversary/reports/pairs/measured_row.hpp"
#include "experiments/adversary/reports/reading/effect_words.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"

namespace assay::adversary {
namespace {

/// The label of a line that has nothing else: "Before:", "Ending point (this branch):".
std::optional<std::string_view> label_of(std::string_view line) {
  static const RegularExpression label("^[^A-Za-z0-9]{0,4}([A-Za-z][^:|]{0,60}):\\s*$");
  // "# before" in code, and the end of a sentence that leads to figures: "with these changes:"
  static const RegularExpression comment("^\\s*(?:#+|//+|;+|--+|\\*+|=+|-+|>+) ?([A-Za-z][^:|=]{0,40}?)[ :=*#-]*$");
  static const RegularExpression lead(
      "(?i)\\b((?:before|after|without|with|prior to) (?:this|these|the|my|our|that)|on (?:main|master)\\b"
      "(?: (?:pr|patch|change|fix|commit|branch|optimi[sz]ation)(?:es|s)?)?)\\b[^.:|]{0,90}:\\s*$");
  // hyperfine: "Benchmark 1: ./fd-before"
  static const RegularExpression benchmark("^\\s*Benchmark #?[0-9]+: (.{1,80})$");
  static const RegularExpression old_name(
      "(?i)[-_/. ](?:before|old|main|master|base|baseline|control|orig)(?:[-_/. ]|$)");
  static const RegularExpression new_name("(?i)[-_/. ](?:after|new|patched|pr|optimi[sz]ed|fixed)(?:[-_/. ]|$)");
  if (const auto found = benchmark.first_match(line)) {
    const bool is_old = holds(old_name, (*found)[1]);
    if (is_old != holds(new_name, (*found)[1])) return is_old ? "before" : "after";
  }
  static const RegularExpression bare("(?i)^\\s*(before|after|old|new|baseline|patched)\\s*$");
  if (const auto found = bare.first_match(line)) return (*found)[1];
  if (const auto found = label.first_match(line)) return (*found)[1];
  const auto remark = comment.first_match(line);
  if (remark && side_of((*remark)[1]) != Side::other) return (*remark)[1];
  const auto sentence = lead.first_match(line);
  return sentence ? std::optional((*sentence)[1]) : std::nullopt;
}

/// "Inference time: 1.4 s per step" or a row of a table.
struct NamedFigure {
  std::string name;
  Quantity value;
};

std::optional<NamedFigure> named_figure(std::string_view line) {
  static const RegularExpression row("(?i)^[^a-z0-9]{0,6}([a-z][\\w .()/@+\x80-\xff-]{0,40}?)\\s*[:|=][^0-9]{0,24}?" +
                                     loose_value_pattern());
  // Below a label, "parse 2.25s", "real  0m2.8s" and "2.25s user".
  static const RegularExpression apart(
      "(?i)^[^a-z0-9]{0,6}([a-z][\\w./()@+-]{0,30}(?: [a-z(][\\w./()@+-]{0,20}){0,3}?)\\s+" + loose_value_pattern() +
      "[^0-9a-z]*$");
  static const RegularExpression behind("(?i)^\\s*()" + loose_value_pattern() + " +([a-z][a-z/ ]{1,20})\\s*$");
  // hyperfine shows the mean above its range.
  static const RegularExpression range("^\\s*Range \\(");
  if (holds(range, line)) return std::nullopt;
  auto found = row.first_match(line);
  const bool has_colon = found.has_value();
  if (!found) found = apart.first_match(line);
  if (!found) {
    found = behind.first_match(line);
    if (found) (*found)[1] = (*found)[6];
  }
  const auto value = found ? value_of({(*found)[2], (*found)[3], (*found)[4], (*found)[5]}) : std::optional<Quantity>{};
  if (!value) return std::nullopt;
  std::string name = in_lower_case((*found)[1]);
  // A figure with decimals counts something only if it is one of many.
  const bool has_decimals = has_colon && (*found)[3].find('.') != std::string_view::npos;
  const bool is_measured =
      !value->unit.empty() || has_decimals || more_is_better(has_colon ? (*found)[0] : (*found)[1]);
  return is_measured ? std::optional(NamedFigure{std::move(name), *value}) : std::nullopt;
}

}  // namespace

void LabelBlocks::begin_block(Side side, std::string_view label) {
  // Below "Before:", "Latency:" is a part, and below a heading every such label.
  const bool has_side = current_.side && *current_.side != Side::other;
  if (has_side && side == Side::other && (current_.is_section || current_.figures.empty())) {
    if (current_.is_section) current_.part = label;
    return;
  }
  const bool is_idle = current_.side == Side::other && current_.figures.empty();
  if (!current_.figures.empty()) earlier_ = std::move(current_);
  if (is_idle) earlier_ = {};
  current_ = Block{.side = side};
}

void LabelBlocks::begin_section(Side side) {
  if (side != Side::other) {
    begin_block(side, "");
    current_.is_section = true;
    return;
  }
  // Another section is about another thing.
  earlier_ = {};
  current_ = {};
}

std::optional<Statement> LabelBlocks::pair(const std::string& name, const Figure& figure) const {
  if (!earlier_.side || !current_.side || *earlier_.side == *current_.side) return std::nullopt;
  const bool is_reversed = *current_.side == Side::old_one;
  const bool has_old_side = is_reversed || *earlier_.side == Side::old_one;
  const auto same = earlier_.figures.find(name);
  if (!has_old_side || same == earlier_.figures.end()) return std::nullopt;
  const auto other = converted(same->second.value, figure.value.unit);
  if (!other || *other == figure.value) return std::nullopt;
  const Quantity& before = is_reversed ? figure.value : *other;
  const Quantity& after = is_reversed ? *other : figure.value;
  const Figure& newer = is_reversed ? same->second : figure;
  return Statement{.kind = StatementKind::values,
                   .sign = sign_of_measure(before, after, name, name),
                   .line = newer.line,
                   .amount = after,
                   .before = before,
                   .quote = newer.quote};
}

std::optional<Statement> LabelBlocks::take_figure(const Passage& passage, std::size_t offset, std::string_view line) {
  if (!current_.side) return std::nullopt;
  auto named = named_figure(line);
  if (const auto row = named ? std::nullopt : measured_row(line)) {
    named = NamedFigure{fmt::format("{} 1 {}", row->name, row->unit), row->value};
  }
  if (!named) return std::nullopt;
  const std::string name = current_.part.empty() ? named->name : current_.part + ": " + named->name;
  // Blanks at its front may come from an expanded tab, which is no part of the document.
  const Figure figure = {named->value, line_at(passage, offset + line.size() - 1), sentence_around(passage, offset)};
  // Of several runs, the first counts.
  if (!current_.figures.emplace(name, figure).second) return std::nullopt;
  return pair(name, figure);
}

std::vector<Statement> LabelBlocks::take(const Passage& passage) {
  std::vector<Statement> found;
  if (passage.kind == PassageKind::heading) {
    begin_section(side_of(passage.text));
    return found;
  }
  std::string_view rest = passage.text;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    const auto offset = static_cast<std::size_t>(line.data() - passage.text.data());
    if (const auto label = label_of(line)) {
      begin_block(side_of(*label), *label);
    } else if (auto statement = take_figure(passage, offset, line)) {
      found.push_back(*std::move(statement));
    }
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return found;
}

}  // namespace assay::adversary
