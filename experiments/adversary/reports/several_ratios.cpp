#include "experiments/adversary/reports/several_ratios.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/units.hpp"

namespace assay::adversary {
namespace {

/// Ratios further apart are those of different things.
constexpr double kSameChange = 2;
/// Figures are rounded.
constexpr double kForgivenShare = 0.05;

bool name_one_thing(const Statement& one, const Statement& other) {
  // Two pairs of values are of two things, unless both are called by one name.
  const bool are_ratios = one.kind == StatementKind::ratio && other.kind == StatementKind::ratio;
  const bool is_open = are_ratios && (one.subject.empty() || other.subject.empty());
  return one.section == other.section && (is_open || (!one.subject.empty() && one.subject == other.subject));
}

bool is_said_of_one_change(const Statement& one, const Statement& other) {
  const Quantity first = *stated_ratio(one);
  const Quantity second = *stated_ratio(other);
  const double low = std::max(first.low, second.low);
  const double high = std::min(first.high, second.high);
  const bool are_different = differ(first.low, second.low) || differ(first.high, second.high);
  return name_one_thing(one, other) && low <= high * kSameChange && are_different;
}

std::set<int> tabular_lines(const std::vector<Passage>& passages) {
  std::set<int> lines;
  for (const Passage& passage : passages) {
    const bool is_table = passage.kind == PassageKind::row || passage.kind == PassageKind::code;
    if (is_table) lines.insert(passage.lines.begin(), passage.lines.end());
  }
  return lines;
}

/// Ratios in prose and headings: rows of a table are about different things.
std::vector<const Statement*> ratios_in_prose(const std::vector<Passage>& passages,
                                              const std::vector<Statement>& statements) {
  const std::set<int> tabular = tabular_lines(passages);
  std::vector<const Statement*> ratios;
  std::map<std::string, int> of_sentence;
  std::set<std::string> with_ratio;
  for (const Statement& statement : statements) {
    // Shares of something else, such as of the processors, are no speed.
    const bool is_one = statement.kind == StatementKind::ratio ||
                        (statement.kind == StatementKind::values && conversion_factor(statement.amount.unit, "s"));
    if (!is_one || !stated_ratio(statement) || tabular.contains(statement.line)) continue;
    ratios.push_back(&statement);
    ++of_sentence[statement.quote];
    if (statement.kind == StatementKind::ratio) with_ratio.insert(statement.quote);
  }
  // A sentence with many of them is a list of many things, and values beside a ratio are a matter of arithmetic.
  constexpr int kMostOfOneSentence = 3;
  std::erase_if(ratios, [&](const Statement* ratio) {
    const bool is_beside_ratio = ratio->kind == StatementKind::values && with_ratio.contains(ratio->quote);
    return is_beside_ratio || of_sentence[ratio->quote] > kMostOfOneSentence;
  });
  return ratios;
}

/// Takes those out of the ratios that may be said of the same change as the first, and the first.
std::vector<const Statement*> take_like_first(std::vector<const Statement*>& ratios) {
  const Statement* const first = ratios.front();
  std::vector<const Statement*> like;
  std::vector<const Statement*> others;
  for (const Statement* ratio : ratios) {
    const bool is_like = ratio == first || is_said_of_one_change(*first, *ratio);
    (is_like ? like : others).push_back(ratio);
  }
  ratios = std::move(others);
  return like;
}

}  // namespace

bool differ(double one, double other) {
  return std::abs(one - other) > kForgivenShare * std::max(std::abs(one), std::abs(other));
}

std::string ratio_text(const Statement& statement) {
  const Quantity ratio = *stated_ratio(statement);
  if (!differ(ratio.low, ratio.high)) return fmt::format("{:.3g}x", ratio.low);
  return fmt::format("{:.3g}-{:.3g}x", ratio.low, ratio.high);
}

void find_several_ratios(const std::vector<Passage>& passages, const std::vector<Statement>& statements,
                         std::vector<Contradiction>& all) {
  std::vector<const Statement*> ratios = ratios_in_prose(passages, statements);
  while (!ratios.empty()) {
    std::vector<int> lines;
    std::vector<std::string> texts;
    for (const Statement* ratio : take_like_first(ratios)) {
      lines.push_back(ratio->line);
      const std::string text = ratio_text(*ratio);
      if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
    }
    if (texts.size() < 2) continue;
    std::string what = "if these are one change, which is it:";
    for (const std::string& text : texts) what += (text == texts.front() ? " " : ", ") + text;
    all.push_back({ContradictionKind::several_ratios, std::move(lines), std::move(what)});
  }
}

}  // namespace assay::adversary
