#include "experiments/report/entries/review_text.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay::report {
namespace {

/// What an item is called before its place: "phase pull"; empty if the place says it.
std::string name_in_title(const ReviewItem& item) {
  switch (item.aspect) {
    case ReviewAspect::trials:
      return "trials";
    case ReviewAspect::interval:
      return "interval of " + item.name;
    case ReviewAspect::phase:
      return "phase " + item.name;
    case ReviewAspect::sum:
      return "sum of the phases and the rest";
    case ReviewAspect::clock:
      return "clock";
    case ReviewAspect::rank:
      return "rank of " + item.name;
    case ReviewAspect::share:
      return "share of " + item.name;
    case ReviewAspect::lever:
      return "lever " + item.name;
    case ReviewAspect::limit:
      return "limit";
    case ReviewAspect::verdict:
      return "decision";
    case ReviewAspect::change:
      return "change";
    case ReviewAspect::command:
      break;
  }
  return "";
}

std::string next_step_after_refutation(ReviewSubject subject) {
  switch (subject) {
    case ReviewSubject::baseline:
      return "measure the baseline again with: assay baseline FILE";
    case ReviewSubject::attribution:
    case ReviewSubject::document:
      return "fix the document, or write it anew with: assay render";
    case ReviewSubject::target:
      return "relax the target for a time with assay relax, or make it faster";
    case ReviewSubject::decision:
      return "find out who changed the record: git log of .assay/records";
    case ReviewSubject::adoption:
      break;
  }
  return "adopt the change again with: assay decide --adopt, or revert it with --revert";
}

}  // namespace

std::string review_headline(const Review& review) {
  return fmt::format("{}: {} {}", to_string(review.grade), to_string(review.subject), review.text);
}

std::string review_item_title(const ReviewItem& item) {
  const std::string name = name_in_title(item);
  if (name.empty()) return item.of;
  return item.of.empty() ? name : fmt::format("{} of {}", name, item.of);
}

std::string_view fault_text(ReviewFault fault) {
  switch (fault) {
    case ReviewFault::none:
      return "";
    case ReviewFault::apart:
      return "the two intervals lie more than 1 % apart";
    case ReviewFault::missing:
      return "it was found, and is not stated";
    case ReviewFault::gone:
      return "it is stated, and was not found";
    case ReviewFault::differs:
      return "the samples give another figure";
    case ReviewFault::sum_off:
      return "they do not add up to the wall time, by more than 1 %";
    case ReviewFault::clock_off:
      return "the wall time is not what the clock says, by more than 1 %";
    case ReviewFault::command_failed:
      return "the command did not run to a good end";
    case ReviewFault::too_few:
      return "there are too few trials for an interval: at least 6 give one";
    case ReviewFault::sometimes:
      return "it occurred in some trials of one side, and in none of the other";
    case ReviewFault::other_machine:
      return "the intervals lie apart, and it is another machine";
    case ReviewFault::trials_failed:
      return "nothing could be measured";
    case ReviewFault::beyond:
      return "the whole interval lies beyond the limit";
    case ReviewFault::undecided:
      return "it cannot be told";
    case ReviewFault::changed:
      break;
  }
  return "something changed while it was measured";
}

std::string review_item_text(const ReviewItem& item) {
  const std::string text =
      fmt::format("{}: stated {}, found {}", review_item_title(item), item.stated.empty() ? "nothing" : item.stated,
                  item.found.empty() ? "nothing" : item.found);
  return item.fault == ReviewFault::none ? text : fmt::format("{}: {}", text, fault_text(item.fault));
}

std::string review_grade_text(const Review& review) {
  if (review.grade == Grade::confirmed || review.items.empty()) return std::string(to_string(review.grade));
  std::vector<std::string> faulty;
  for (const ReviewItem& item : review.items) {
    if (item.fault != ReviewFault::none) faulty.push_back(review_item_title(item));
  }
  return fmt::format("{}: {} of {} {} not hold: {}", to_string(review.grade), faulty.size(), review.items.size(),
                     faulty.size() == 1 ? "does" : "do", fmt::join(faulty, "; "));
}

std::string review_next_step(const Review& review, const std::string& name) {
  switch (review.grade) {
    case Grade::confirmed:
      return fmt::format("sign it with: assay sign {}", name);
    case Grade::exaggerated:
    case Grade::refuted:
      return next_step_after_refutation(review.subject);
    case Grade::inconclusive:
      return "challenge again with more trials (--cap), on the machine that the baseline is about";
    case Grade::invalid:
      break;
  }
  return "fix what failed, and challenge again";
}

}  // namespace assay::report
