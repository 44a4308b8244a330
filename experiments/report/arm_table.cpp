#include "experiments/report/arm_table.hpp"

#include <algorithm>
#include <functional>

#include "core/text/utf8.hpp"
#include "experiments/report/box_plot.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

constexpr int kLongestName = 28;  // a command of 24 columns, and its backticks
constexpr int kWidestPlot = 72;
constexpr int kNarrowestPlot = 20;
constexpr const char* kGap = "  ";

using Column = std::vector<std::string>;  ///< the heading, then one text for each row

int width_of(const Column& column) {
  int width = 0;
  for (const std::string& text : column) width = std::max(width, display_width(text));
  return width;
}

std::string trimmed(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

/// Names and figures; the scale is that of the first arm with any measured trial, so that all are in one unit.
class Table {
 public:
  Table(const Metric& metric, const std::vector<ArmRow>& rows, const TextStyle& style) : style_(style) {
    const auto measured =
        std::find_if(rows.begin(), rows.end(), [](const ArmRow& row) { return row.summary.count > 0; });
    if (measured != rows.end()) scale_ = scale_for(measured->summary.median, metric.unit, style.time_unit);
    names_.push_back(shorten(printable(metric.name), kLongestName));
    for (const ArmRow& row : rows) names_.push_back(shorten(row.name, kLongestName));
    const std::string spread(plus_minus(style));
    if (metric.kind == MetricKind::proportion) {
      add_shares(rows);
      add_counts(rows);
      return;
    }
    add(rows, "median" + spread + "MAD", [](const ArmSummary& arm) { return std::pair(arm.median, arm.mad); });
    add(rows, "mean" + spread + "sd",
        [](const ArmSummary& arm) { return std::pair(arm.mean, arm.standard_deviation); });
    add_counts(rows);
    while (figures_.size() > 1 && width() > style.width) drop_one();
  }

  [[nodiscard]] std::string text() const {
    std::string lines;
    const int name_width = width_of(names_);
    for (std::size_t row = 0; row < names_.size(); ++row) {
      std::string line = kGap + pad_right(names_[row], name_width);
      for (const Column& column : figures_) line += kGap + pad_left(column[row], width_of(column));
      lines += (row == 0 ? toned(line, Tone::quiet, style_) : line) + '\n';
    }
    return lines;
  }

  [[nodiscard]] const DisplayScale& scale() const { return scale_; }
  [[nodiscard]] int name_width() const { return width_of(names_); }

 private:
  /// A median of yes and no says nothing, so the share of yes stands in its place.
  void add_shares(const std::vector<ArmRow>& rows) {
    Column column = {"share"};
    for (const ArmRow& row : rows) column.push_back(row.summary.count == 0 ? "-" : share_text(row.summary.mean));
    figures_.push_back(column);
  }

  void add_counts(const std::vector<ArmRow>& rows) {
    Column counts = {"n"};
    Column failures = {"failed"};
    for (const ArmRow& row : rows) {
      counts.push_back(std::to_string(row.summary.count));
      failures.push_back(std::to_string(row.summary.failed));
    }
    figures_.push_back(counts);
    figures_.push_back(failures);
  }

  void add(const std::vector<ArmRow>& rows, const std::string& heading,
           const std::function<std::pair<double, double>(const ArmSummary&)>& figures) {
    Column column = {heading};
    for (const ArmRow& row : rows) {
      const auto [value, spread] = figures(row.summary);
      column.push_back(row.summary.count == 0 ? "-" : spread_text(value, spread, scale_, plus_minus(style_)));
    }
    figures_.push_back(column);
  }

  [[nodiscard]] int width() const {
    int sum = 2 + width_of(names_);
    for (const Column& column : figures_) sum += 2 + width_of(column);
    return sum;
  }

  /// The mean goes first: it is there for comparison with other tools. Median and n stay longest.
  void drop_one() { figures_.erase(figures_.size() == 4 ? figures_.begin() + 1 : figures_.end() - 1); }

  const TextStyle& style_;
  DisplayScale scale_;
  Column names_;
  std::vector<Column> figures_;
};

std::string plots(const Table& table, const std::vector<ArmRow>& rows, const TextStyle& style) {
  std::vector<ArmSummary> arms(rows.size());
  std::transform(rows.begin(), rows.end(), arms.begin(), [](const ArmRow& row) { return row.summary; });
  const PlotScale scale = plot_scale(arms);
  const int name_width = table.name_width();
  const int columns = std::min(kWidestPlot, style.width - name_width - 4);
  if (!(scale.high > scale.low) || columns < kNarrowestPlot) return "";
  std::string lines = "\n";
  for (const ArmRow& row : rows) {
    if (row.summary.count == 0) continue;
    lines += trimmed(kGap + pad_right(shorten(row.name, kLongestName), name_width) + kGap +
                     box_plot(row.summary, scale, columns, style)) +
             '\n';
  }
  const std::string low = quantity_text(scale.low, table.scale());
  const std::string high = quantity_text(scale.high, table.scale());
  const std::string axis = low + pad_left(high, columns - display_width(low));
  const std::string margin(static_cast<std::size_t>(name_width) + 4, ' ');
  lines += toned(margin + axis, Tone::quiet, style) + '\n';
  const std::string legend = plot_legend(style);
  return !style.explains || display_width(legend) > columns ? lines
                                                            : lines + toned(margin + legend, Tone::quiet, style) + '\n';
}

}  // namespace

std::string arm_table(const Metric& metric, const std::vector<ArmRow>& rows, const TextStyle& style) {
  const Table table(metric, rows, style);
  if (metric.kind == MetricKind::proportion) return table.text();
  return table.text() + plots(table, rows, style);
}

}  // namespace assay::report
