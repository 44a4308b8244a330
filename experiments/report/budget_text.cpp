#include "experiments/report/budget_text.hpp"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

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
