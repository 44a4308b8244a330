#include "experiments/report/requirement_text.hpp"

#include <fmt/format.h>

namespace assay::report {
namespace {

std::string_view words_for(EarlierStanding standing) {
  switch (standing) {
    case EarlierStanding::held:
    case EarlierStanding::loosened:
      return "in";
    case EarlierStanding::failed:
      return "which failed in";
    case EarlierStanding::open:
      return "which was open in";
    case EarlierStanding::not_evaluated:
      return "which was never evaluated in";
  }
  return "in";
}

}  // namespace

std::string change_text(const RequirementChange& change) {
  const std::string what =
      fmt::format("{}{}{}", to_string(change.requirement), change.name.empty() ? "" : " ", change.name);
  const std::string now = change.is.empty() ? "is gone" : "is " + change.is;
  std::string text =
      fmt::format("{} {}, was {} ({} {})", what, now, change.was, words_for(change.standing), change.earlier);
  if (!change.allowed.empty()) text += "; allowed: " + change.allowed;
  return text;
}

}  // namespace assay::report
