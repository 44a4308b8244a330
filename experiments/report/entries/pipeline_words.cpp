#include "experiments/report/entries/pipeline_words.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/variable.hpp"
#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

std::string with_reason(std::string text, const std::string& reason) {
  return reason.empty() ? text : fmt::format("{}; {}", text, reason);
}

/// "env READY_MODE: sleep -> poll" in "local".
std::string place_text(const ExperimentPlace& place) {
  return fmt::format("{} in {}", place.experiment, place.environment_name);
}

struct CriterionWords {
  std::string operator()(const BaselineCriterion& criterion) const {
    return "a whole baseline of " + place_text(criterion.place);
  }
  std::string operator()(const AttributionCriterion& criterion) const {
    return fmt::format("spans account for {} of each cell of {}", share_text(criterion.share),
                       place_text(criterion.place));
  }
  std::string operator()(const TargetCriterion& criterion) const {
    const std::string text = fmt::format("the target {} is met", criterion.target);
    return criterion.environment_name.empty() ? text : fmt::format("{} in {}", text, criterion.environment_name);
  }
  std::string operator()(const DecisionCriterion& criterion) const {
    return place_text(criterion.place) + " is decided";
  }
  std::string operator()(const AdoptionCriterion& criterion) const {
    return place_text(criterion.place) + " is adopted";
  }
  std::string operator()(const GainCriterion& criterion) const {
    return fmt::format("{} is {} better than {} {}", place_text(criterion.place), amount_text(criterion.percent),
                       criterion.baseline.empty() ? "its baseline" : "the baseline " + criterion.baseline,
                       criterion.cells == GainCells::every ? "in every cell" : "on the average over all cells");
  }
  std::string operator()(const ClaimCriterion& criterion) const {
    return fmt::format("the claim {} is verified", criterion.claim);
  }
};

}  // namespace

std::string adoption_headline(const Adoption& adoption) {
  return fmt::format("{} is in {}: {}", adoption.of.experiment, short_object_id(adoption.of.commit),
                     adoption.of.change);
}

std::string reversion_headline(const Reversion& reversion) {
  return fmt::format("{} is gone from {}: {}", reversion.of.experiment, short_object_id(reversion.of.commit),
                     reversion.of.change);
}

std::string proof_text(const Adoption& adoption) {
  const ChangeInRevision& change = adoption.of;
  switch (change.proof) {
    case ChangeProof::patch:
      return with_reason("the change applies to it in reverse", change.reason);
    case ChangeProof::file:
      return with_reason(fmt::format("{} is the file of treatment", change.file), change.reason);
    case ChangeProof::level:
      return with_reason(fmt::format("{} says treatment's level", change.file), change.reason);
    case ChangeProof::person:
      break;
  }
  return "nothing but the word of the actor: " + change.reason;
}

std::string proof_text(const Reversion& reversion) {
  const ChangeInRevision& change = reversion.of;
  switch (change.proof) {
    case ChangeProof::patch:
      return with_reason("the change applies to it anew", change.reason);
    case ChangeProof::file:
      return with_reason(fmt::format("{} is not the file of treatment", change.file), change.reason);
    case ChangeProof::level:
      return with_reason(fmt::format("{} does not say treatment's level", change.file), change.reason);
    case ChangeProof::person:
      break;
  }
  return "nothing but the word of the actor: " + change.reason;
}

std::string gain_cell_title(const GainOfCell& cell) {
  return cell.workload.empty() ? "all cells" : fmt::format("{} ({})", cell.workload, cell.state);
}

std::string gain_cell_text(const GainOfCell& cell) {
  if (!cell.percent) return "not measured";
  std::string text = change_text(*cell.percent);
  if (cell.interval) {
    text += fmt::format(", interval {} to {}", change_text(cell.interval->low), change_text(cell.interval->high));
  }
  if (cell.parts) text += fmt::format("; the parts multiply to {}", change_text(*cell.parts));
  return text;
}

std::string parts_warning(const GainOfCell& cell) {
  if (!cell.parts || !cell.interval) return "";
  if (*cell.parts >= cell.interval->low && *cell.parts <= cell.interval->high) return "";
  return fmt::format(
      "{}: the parts multiply to {}, which lies outside the interval of the whole: effects of changes "
      "do not multiply here",
      gain_cell_title(cell), change_text(*cell.parts));
}

std::string left_out_text(const Gain& gain) {
  return fmt::format("{}", fmt::join(gain.left_out, "; "));
}

std::string gain_headline(const Gain& gain) {
  const std::string since = short_object_id(gain.from);
  const std::string place = fmt::format("{} in {}", gain.experiment, gain.environment_name);
  const bool has_one = gain.cells.size() == 1 || (!gain.cells.empty() && gain.cells.back().workload.empty());
  std::vector<double> percents;  // of the average, or of each cell if nothing was claimed on the average
  for (const GainOfCell& cell : gain.cells) {
    if ((!has_one || &cell == &gain.cells.back()) && cell.percent) percents.push_back(*cell.percent);
  }
  if (percents.empty()) return fmt::format("{}: no gain measured since {}", place, since);
  const auto [least, most] = std::minmax_element(percents.begin(), percents.end());
  if (has_one) return fmt::format("{}: {} {} since {}", place, gain.metric, change_text(*most), since);
  return fmt::format("{}: {} {} to {} in {} cells since {}", place, gain.metric, change_text(*least),
                     change_text(*most), gain.cells.size(), since);
}

std::string criterion_text(const Criterion& criterion) {
  return with_reason(std::visit(CriterionWords{}, criterion.content), criterion.text);
}

std::string milestone_headline(const MilestoneDone& done) {
  return fmt::format("{} is done: {}", done.milestone.name,
                     done.milestone.criteria.size() == 1 ? std::string("1 criterion")
                                                         : fmt::format("{} criteria", done.milestone.criteria.size()));
}

}  // namespace assay::report
