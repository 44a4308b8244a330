#include "experiments/interop/imports/perf_stat_text.hpp"

#include <optional>

namespace assay::interop {
namespace {

constexpr std::string_view kElapsed = "time elapsed";  // ends the counts; the user's and the system's time follow

/// Digits with marks between them, whatever the marks mean: that is decided for the whole file.
bool is_number(std::string_view word) {
  const bool begins_with_figure = word.front() >= '0' && word.front() <= '9';
  return begins_with_figure && word.find_first_not_of("0123456789.,'") == std::string_view::npos;
}

bool is_not_counted(const std::vector<std::string_view>& words) {
  return words.size() > 2 && words[0] == "<not" && (words[1] == "counted>" || words[1] == "supported>");
}

/// "0.64 msec task-clock", "49 page-faults", "0.0159 +- 0.0065 seconds time elapsed": before the comment behind "#" and
/// the spread or share in parentheses.
std::optional<PerfCount> count_in_report(const TextLine& line) {
  const std::string_view text = line.text.substr(0, line.text.find_first_of("#("));
  std::vector<std::string_view> words = words_of(text);
  if (is_not_counted(words)) return PerfCount{line, "<not counted>", "", std::string(words[2])};
  if (words.size() < 2 || !is_number(words[0])) return std::nullopt;
  if (words.size() > 4 && words[1] == "+-") words.erase(words.begin() + 1, words.begin() + 3);
  PerfCount count{line, std::string(words[0]), words.size() > 2 ? std::string(words[1]) : "", ""};
  for (std::size_t word = words.size() > 2 ? 2 : 1; word < words.size(); ++word) {
    count.event += (count.event.empty() ? "" : " ") + std::string(words[word]);
  }
  return count;
}

}  // namespace

bool begins_perf_report(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  return begin != std::string_view::npos && line.substr(begin).starts_with("Performance counter stats for ");
}

std::vector<PerfCount> counts_of_perf_reports(const std::vector<TextLine>& lines) {
  enum class Place { outside, in_counts, in_times } place = Place::outside;
  std::vector<PerfCount> counts;
  const TextLine* report = nullptr;
  for (const TextLine& line : lines) {
    if (begins_perf_report(line.text)) {
      if (place == Place::in_counts) break;
      place = Place::in_counts;
      report = &line;
      continue;
    }
    if (place == Place::outside || words_of(line.text).empty()) continue;
    std::optional<PerfCount> count = count_in_report(line);
    if (place == Place::in_times && (!count || (count->event != "user" && count->event != "sys"))) {
      place = Place::outside;  // the program's own output
      continue;
    }
    if (!count) continue;
    if (count->event == kElapsed) place = Place::in_times;
    counts.push_back(*std::move(count));
  }
  if (place == Place::in_counts)
    throw error_in(*report, "the report that begins here does not end with the time elapsed");
  return counts;
}

}  // namespace assay::interop
