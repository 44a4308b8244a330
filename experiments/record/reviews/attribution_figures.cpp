#include "experiments/record/reviews/attribution_figures.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::record {
namespace {

constexpr std::string_view kWorkloadMark = "### ";
constexpr std::string_view kLeverMark = "1. ";
constexpr std::string_view kBullet = "- ";
constexpr std::string_view kMeanMark = ": mean ";  // of the line that tells how much of a difference there is
constexpr std::string_view kFirstColumn = "phase";
constexpr std::string_view kMeanColumn = ": mean";
constexpr std::size_t kColumnsOfState = 4;  // mean, share, interval, cumulative

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// The cells of a table's row; empty if the line is no row. A bar with a backslash before it belongs to the text.
std::vector<std::string> row_of(const std::string& line) {
  if (line.empty() || line.front() != '|') return {};
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '\\' && at + 1 < line.size()) {
      cell += line.substr(at++, 2);
    } else if (line[at] == '|') {
      cells.push_back(trimmed(cell));
      cell.clear();
    } else {
      cell += line[at];
    }
  }
  return cells;
}

/// Markdown's own letters, as a person reads them.
std::string plain_text_of(std::string_view markdown) {
  std::string text;
  for (std::size_t at = 0; at < markdown.size(); ++at) {
    if (markdown[at] == '\\' && at + 1 < markdown.size()) ++at;
    text += markdown[at];
  }
  for (const auto& [entity, letter] : {std::pair("&lt;", "<"), std::pair("&gt;", ">"), std::pair("&amp;", "&")}) {
    for (std::size_t at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
      text.replace(at, std::string_view(entity).size(), letter);
    }
  }
  return text;
}

/// Line by line, with what the lines before have said.
class SectionReader {
 public:
  void read(const std::string& line) {
    if (line.starts_with(kWorkloadMark)) {
      workload_ = plain_text_of(trimmed(line.substr(kWorkloadMark.size())));
      states_.clear();
      rank_ = 0;
    } else if (line.starts_with(kLeverMark)) {
      add(ReviewAspect::lever, "", std::to_string(++lever_), line.substr(kLeverMark.size()));
    } else if (const std::size_t mean = line.find(kMeanMark); line.starts_with(kBullet) && mean != std::string::npos) {
      add(ReviewAspect::share, workload_, plain_text_of(line.substr(kBullet.size(), mean - kBullet.size())),
          line.substr(mean + kMeanMark.size()));
    } else if (const std::vector<std::string> row = row_of(line); !row.empty()) {
      read_row(row);
    }
  }
  std::vector<AttributionFigure> take() { return std::move(figures_); }

 private:
  void read_row(const std::vector<std::string>& row) {
    if (row.front() == kFirstColumn) return read_states(row);
    if (states_.empty() || row.front().find_first_not_of("-:") == std::string::npos) return;  // the rule below the head
    const std::string phase = plain_text_of(row.front());
    add(ReviewAspect::rank, workload_, phase, std::to_string(++rank_));
    for (std::size_t state = 0; state < states_.size(); ++state) {
      std::vector<std::string> columns;
      for (std::size_t column = 0; column < kColumnsOfState; ++column) {
        const std::size_t at = 1 + state * kColumnsOfState + column;
        columns.push_back(at < row.size() ? row[at] : "");
      }
      add(ReviewAspect::share, fmt::format("{} ({})", workload_, states_[state]), phase,
          fmt::format("{}", fmt::join(columns, ", ")));
    }
  }

  void read_states(const std::vector<std::string>& head) {
    states_.clear();
    for (std::size_t at = 1; at < head.size(); at += kColumnsOfState) {
      states_.push_back(plain_text_of(head[at].substr(0, head[at].rfind(kMeanColumn))));
    }
  }

  void add(ReviewAspect aspect, std::string of, std::string name, std::string_view text) {
    figures_.push_back({aspect, std::move(of), std::move(name), plain_text_of(trimmed(text))});
  }

  std::string workload_;
  std::vector<std::string> states_;
  int rank_ = 0;
  int lever_ = 0;
  std::vector<AttributionFigure> figures_;
};

}  // namespace

std::vector<AttributionFigure> attribution_figures(std::string_view section) {
  SectionReader reader;
  for (std::size_t at = 0; at < section.size();) {
    const std::size_t end = std::min(section.find('\n', at), section.size());
    reader.read(std::string(section.substr(at, end - at)));
    at = end + 1;
  }
  return reader.take();
}

}  // namespace assay::record
