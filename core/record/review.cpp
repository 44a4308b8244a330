#include "core/record/review.hpp"

#include <algorithm>

namespace assay {

Grade grade_of(ReviewFault fault) {
  switch (fault) {
    case ReviewFault::none:
      return Grade::confirmed;
    case ReviewFault::apart:
    case ReviewFault::missing:
    case ReviewFault::gone:
    case ReviewFault::differs:
    case ReviewFault::sum_off:
    case ReviewFault::clock_off:
    case ReviewFault::command_failed:
    case ReviewFault::beyond:
      return Grade::refuted;
    case ReviewFault::too_few:
    case ReviewFault::sometimes:
    case ReviewFault::other_machine:
    case ReviewFault::undecided:
      return Grade::inconclusive;
    case ReviewFault::trials_failed:
    case ReviewFault::changed:
      break;
  }
  return Grade::invalid;
}

Grade grade_of(const std::vector<ReviewItem>& items) {
  const auto any = [&items](Grade grade) {
    return std::any_of(items.begin(), items.end(),
                       [grade](const ReviewItem& item) { return grade_of(item.fault) == grade; });
  };
  for (const Grade grade : {Grade::refuted, Grade::invalid, Grade::inconclusive}) {
    if (any(grade)) return grade;
  }
  return items.empty() ? Grade::inconclusive : Grade::confirmed;
}

}  // namespace assay
