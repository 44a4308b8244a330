#include "experiments/adversary/reports/pairs/reached_goals.hpp"

#include <algorithm>

#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {
namespace {

bool names_goal(const Passage& passage) {
  static const RegularExpression goal(
      "(?i)^[^a-z]{0,8}(?:[a-z]+ "
      "){0,2}(?:goals?|targets?|objectives?|budget|SLOs?|SLAs?|thresholds?|requirements?)\\b");
  return holds(goal, passage.text);
}

bool says_reached(const Passage& passage) {
  static const RegularExpression reached(
      "(?:\xe2\x9c\x85|\xe2\x9c\x94|\xe2\x9c\x93|\\b(?i:achieved|reached|met|passed|pass|exceeded|accomplished|ok)"
      "\\b)");
  static const RegularExpression missed(
      "(?:\xe2\x9d\x8c|\xe2\x9c\x96|\xe2\x9c\x97|\xe2\x9c\x98|\\b(?i:not|never|missed|failed|in "
      "progress|pending|close|to be|"
      "almost|partly)\\b)");
  return holds(reached, passage.text) && !holds(missed, passage.text);
}

bool is_status(const Passage& passage) {
  static const RegularExpression status("(?i)^[^a-z]{0,8}(?:status|result|outcome|verdict|achieved|met|passed)\\b");
  return holds(status, passage.text);
}

}  // namespace

void mark_reached_goals(std::vector<Passage>& passages) {
  constexpr std::size_t kFarthest = 2;
  for (std::size_t place = 0; place < passages.size(); ++place) {
    Passage& goal = passages[place];
    if (goal.kind == PassageKind::row || !names_goal(goal)) continue;
    goal.is_reached = says_reached(goal);
    const std::size_t end = std::min(passages.size(), place + 1 + kFarthest);
    for (std::size_t next = place + 1; next < end && passages[next].kind == goal.kind; ++next) {
      if (names_goal(passages[next])) break;
      goal.is_reached |= is_status(passages[next]) && says_reached(passages[next]);
    }
  }
}

}  // namespace assay::adversary
