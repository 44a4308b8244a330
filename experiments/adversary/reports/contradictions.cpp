#include "experiments/adversary/reports/contradictions.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/text/regular_expression.hpp"
#include "core/units.hpp"
#include "experiments/adversary/reports/claim_draft.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/adversary/reports/several_ratios.hpp"

namespace assay::adversary {
namespace {

/// By which share of itself a ratio may miss the one that follows from the values beside it: figures are rounded, and
/// those behind "~" or "about" more than others.
double forgiven_share(const Statement& one, const Statement& other) {
  constexpr double kRounded = 0.05;
  constexpr double kApproximate = 0.15;
  return one.is_approximate || other.is_approximate ? kApproximate : kRounded;
}

/// "324 s to 81 s, 5x" in one line.
void find_wrong_ratios(const std::vector<Statement>& statements, std::vector<Contradiction>& all) {
  for (const Statement& values : statements) {
    if (values.kind != StatementKind::values || !stated_ratio(values)) continue;
    const Quantity follows = *stated_ratio(values);
    // They come in the order of their lines.
    const auto in_line = std::equal_range(statements.begin(), statements.end(), values,
                                          [](const Statement& a, const Statement& b) { return a.line < b.line; });
    for (auto place = in_line.first; place != in_line.second; ++place) {
      const Statement& other = *place;
      const bool is_beside = other.line == values.line && other.quote == values.quote && other.clause == values.clause;
      const bool is_figure = other.kind == StatementKind::ratio || other.kind == StatementKind::percent;
      const auto said = is_beside && is_figure ? stated_ratio(other) : std::nullopt;
      const double forgiven = forgiven_share(values, other);
      const bool fits =
          !said || (said->low <= follows.high * (1 + forgiven) && said->high >= follows.low * (1 - forgiven));
      if (fits) continue;
      all.push_back(
          {ContradictionKind::wrong_arithmetic,
           {values.line},
           fmt::format("{} is {}, and {} is said", amount_text(values), ratio_text(values), amount_text(other))});
    }
  }
}

/// Sums up the columns of one table until a row calls itself their total.
class Columns {
 public:
  /// \return the wrong total of a column, if the row is one
  std::optional<std::string> take(const Passage& row) {
    static const RegularExpression total("(?i)^[^a-z]*(?:total|sum|overall)\\b");
    if (row.cells.empty() || row.header != header_) {
      header_ = row.header;
      sums_.clear();
      rows_ = 0;
    }
    sums_.resize(std::max(sums_.size(), row.cells.size()));
    const bool is_total = !row.cells.empty() && total.first_match(row.cells.front()).has_value();
    if (is_total) return wrong_total(row);
    for (std::size_t column = 1; column < row.cells.size(); ++column) add(column, figure_in(row.cells[column]));
    rows_ += row.cells == row.header ? 0 : 1;
    return std::nullopt;
  }

 private:
  struct Sum {
    double value = 0;
    std::string unit;
    int count = 0;
  };

  void add(std::size_t column, const std::optional<Quantity>& figure) {
    Sum& sum = sums_[column];
    if (!figure || (sum.count > 0 && figure->unit != sum.unit)) return;
    sum.value += figure->low;
    sum.unit = figure->unit;
    ++sum.count;
  }

  [[nodiscard]] std::optional<std::string> wrong_total(const Passage& row) const {
    for (std::size_t column = 1; column < row.cells.size(); ++column) {
      const Sum& sum = sums_[column];
      const auto stated = figure_in(row.cells[column]);
      const bool can_tell = stated && rows_ > 1 && sum.count == rows_ && stated->unit == sum.unit;
      // Shares of different wholes and ratios do not add up to anything.
      if (!can_tell || sum.unit == "%" || row.cells[column].find('x') != std::string::npos) continue;
      // Parts that run at the same time take less together.
      const bool may_overlap = conversion_factor(sum.unit, "s") && stated->low < sum.value;
      if (!may_overlap && differ(sum.value, stated->low)) {
        return fmt::format("the parts add up to {:.6g} {}, and {:.6g} {} is said", sum.value, sum.unit, stated->low,
                           stated->unit);
      }
    }
    return std::nullopt;
  }

  std::vector<std::string> header_;
  std::vector<Sum> sums_;
  int rows_ = 0;
};

void find_wrong_totals(const std::vector<Passage>& passages, std::vector<Contradiction>& all) {
  Columns columns;
  for (const Passage& passage : passages) {
    if (passage.kind != PassageKind::row) continue;
    if (auto what = columns.take(passage)) {
      all.push_back({ContradictionKind::wrong_arithmetic, {line_at(passage, 0)}, *std::move(what)});
    }
  }
}

/// The first lines on which each of two expressions is found.
struct TwoLines {
  std::optional<int> one;
  std::optional<int> other;
};
TwoLines first_lines(const std::vector<Passage>& passages, const RegularExpression& one,
                     const RegularExpression& other) {
  TwoLines lines;
  const auto find = [](const Passage& passage, const RegularExpression& expression, std::optional<int>& line) {
    const auto found = line ? std::nullopt : expression.first_match(passage.text);
    if (found) line = line_at(passage, static_cast<std::size_t>((*found)[0].data() - passage.text.data()));
  };
  for (const Passage& passage : passages) {
    find(passage, one, lines.one);
    find(passage, other, lines.other);
  }
  return lines;
}

void find_not_done(const std::vector<Passage>& passages, std::vector<Contradiction>& all) {
  static const RegularExpression done(
      "(?i)(?:\\b(?:achieved|delivered|accomplished|completed|success criteria met)\\b|\xe2\x9c\x85|\xe2\x9c\x94)");
  static const RegularExpression open(
      "(?i)\\b(?:TBD|to be (?:measured|determined|confirmed|verified)|after deployment|not yet (?:measured|tested|run)|"
      "pending (?:measurement|verification|deployment)|will be measured|once deployed)\\b");
  const TwoLines lines = first_lines(passages, done, open);
  if (!lines.one || !lines.other) return;
  all.push_back({ContradictionKind::not_done,
                 {*lines.one, *lines.other},
                 "one line calls it done, and the other says that it is still to be measured"});
}

void find_not_ready(const std::vector<Passage>& passages, const std::vector<Statement>& statements,
                    std::vector<Contradiction>& all) {
  constexpr double kReadyPercent = 90;
  static const RegularExpression ready(
      "(?i)\\b(?:production[- ]ready|ready (?:for|to) (?:production|deploy|merge|ship)\\w*|stable in production)\\b");
  const TwoLines lines = first_lines(passages, ready, ready);
  if (!lines.one) return;
  for (const Statement& statement : statements) {
    if (statement.kind != StatementKind::rate || statement.amount.low >= kReadyPercent) continue;
    all.push_back({ContradictionKind::not_ready,
                   {*lines.one, statement.line},
                   fmt::format("it is called ready, and a rate of {} is stated", amount_text(statement))});
    return;
  }
}

void find_single_run(const std::vector<Passage>& passages, std::vector<Contradiction>& all) {
  static const RegularExpression single(
      "(?i)(?:\\b(?:a )?single run\\b|\\bone run (?:each|per|before|on each|of each)\\b|\\bn ?= ?1\\b|\\bran (?:it "
      "|them )?"
      "(?:only )?once\\b|\\b1 run (?:each|per|before)\\b)");
  const TwoLines lines = first_lines(passages, single, single);
  if (!lines.one) return;
  all.push_back({ContradictionKind::single_run,
                 {*lines.one},
                 "one run on each side shows no effect: two runs of one version differ, too"});
}

}  // namespace

std::vector<Contradiction> contradictions_in(const std::vector<Passage>& passages,
                                             const std::vector<Statement>& statements) {
  std::vector<Contradiction> all;
  find_several_ratios(passages, statements, all);
  find_wrong_ratios(statements, all);
  find_wrong_totals(passages, all);
  find_not_done(passages, all);
  find_not_ready(passages, statements, all);
  find_single_run(passages, all);
  return all;
}

}  // namespace assay::adversary
