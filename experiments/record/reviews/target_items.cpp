#include "experiments/record/reviews/target_items.hpp"

#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/decide/targets/target_figure.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

std::string end_text(const std::optional<double>& end, const std::string& unit) {
  return end ? report::quantity_text(*end, report::scale_for(*end, unit)) : "no bound";
}

std::string figure_text(const decide::TargetFigure& figure, const std::string& unit) {
  return fmt::format("{}, {} to {}, {}", report::quantity_text(figure.figure, report::scale_for(figure.figure, unit)),
                     end_text(figure.low, unit), end_text(figure.high, unit),
                     report::count_text(figure.trials, "trial"));
}

ReviewFault fault_of_limit(const decide::TargetFigure& figure, const Target& target) {
  switch (decide::limit_standing(figure, target.bound, target.limit)) {
    case decide::LimitStanding::met:
      return ReviewFault::none;
    case decide::LimitStanding::missed:
      return ReviewFault::beyond;
    case decide::LimitStanding::undecided:
      break;
  }
  return ReviewFault::undecided;
}

}  // namespace

std::vector<ReviewItem> target_items(const Target& target, const Baseline& samples) {
  std::vector<ReviewItem> items;
  if (!samples.changes.empty()) {
    items.push_back({.aspect = ReviewAspect::trials,
                     .found = fmt::format("{}", fmt::join(samples.changes, "; ")),
                     .fault = ReviewFault::changed});
  }
  ReviewItem item{.aspect = ReviewAspect::limit, .of = target_name(target), .stated = limit_text(target, target.limit)};
  const std::optional<decide::TargetFigure> figure = decide::target_figure(samples, target);
  item.found = figure ? figure_text(*figure, target.unit) : "";
  item.fault = figure ? fault_of_limit(*figure, target) : ReviewFault::trials_failed;
  items.push_back(std::move(item));
  return items;
}

}  // namespace assay::record
