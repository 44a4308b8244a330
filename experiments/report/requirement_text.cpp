#include "experiments/report/requirement_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/report/quantity.hpp"

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

std::string_view standing_text(BudgetStanding standing) {
  switch (standing) {
    case BudgetStanding::within:
      return "kept";
    case BudgetStanding::breached:
      return "breached";
    case BudgetStanding::untold:
      return "not known";
  }
  return "";
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

std::string budget_text(const BudgetUse& use) {
  std::string text(standing_text(use.standing));
  if (use.used) text += fmt::format(", {} of {}", format_part(use.part, *use.used), format_part(use.part, use.limit));
  if (!use.used) text += fmt::format(", no figure for a limit of {}", format_part(use.part, use.limit));
  if (use.untold_trials > 0) text += fmt::format(", {} could not be measured", count_text(use.untold_trials, "trial"));
  return text;
}

std::string budget_limits_text(const Budget& budget) {
  std::vector<std::string> parts;
  for (const BudgetPart part : kBudgetParts) {
    const std::optional<double> limit = limit_of(budget, part);
    if (!limit) continue;
    const std::string amount = format_part(part, *limit);
    parts.push_back(part == BudgetPart::cpus ? amount : fmt::format("{} {}", to_string(part), amount));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace assay::report
