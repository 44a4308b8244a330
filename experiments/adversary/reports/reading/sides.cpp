#include "experiments/adversary/reports/reading/sides.hpp"

#include <fmt/format.h>

#include "experiments/adversary/reports/reading/effect_words.hpp"

namespace assay::adversary {

Side side_of(std::string_view label) {
  static const RegularExpression old_one(fmt::format(
      "(?i)(?:\\b(?:{}|without|prior)\\b|^vs\\b|^(?:branch:? )?"
      "(?:(?:on|in|with|using|the|current|latest|upstream) )*(?:main|master|trunk)(?: branch)?(?: \\(.*\\))?$)",
      kOldWords));
  static const RegularExpression new_one(fmt::format(
      "(?i)(?:\\b(?:{}|with|optimi[sz]ed|this (?:branch|pr|patch|change)|pr)\\b|^branch: \\S+$)", kNewWords));
  if (holds(old_one, label)) return Side::old_one;
  return holds(new_one, label) ? Side::new_one : Side::other;
}

}  // namespace assay::adversary
