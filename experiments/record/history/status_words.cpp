#include "experiments/record/history/status_words.hpp"

#include <fmt/format.h>

#include "experiments/report/quantity.hpp"

namespace assay::record {
namespace {

std::string_view standing_text(decide::LimitStanding standing) {
  switch (standing) {
    case decide::LimitStanding::met:
      return "met";
    case decide::LimitStanding::missed:
      return "missed";
    case decide::LimitStanding::undecided:
      break;
  }
  return "not decidable";
}

std::string bound_text(const std::optional<double>& bound, const report::DisplayScale& scale) {
  return bound ? report::quantity_text(*bound, scale) : "no bound";
}

std::string measured_text(const TargetReading& reading) {
  const report::DisplayScale scale = report::scale_for(*reading.figure, reading.status.target.unit);
  std::string text = report::quantity_text(*reading.figure, scale);
  if (reading.bounds) {
    text += fmt::format(" ({} to {})", bound_text(reading.bounds->low, scale), bound_text(reading.bounds->high, scale));
  }
  // Control may still name the revision from before an adoption.
  const std::string of = reading.revision.empty() ? "" : fmt::format(" of {}", reading.revision);
  return text + fmt::format(" in {}{}, {}", reading.measured_in, of, reading.environment_name);
}

/// Which limits on the way are met.
std::string stages_text(const TargetReading& reading) {
  const Target& target = reading.status.target;
  if (target.stages.empty()) return "";
  const std::optional<double> stage = reading.bounds ? decide::stage_met(*reading.bounds, target) : std::nullopt;
  return stage ? fmt::format("; stage {} met", limit_text(target, *stage)) : "; no stage met";
}

/// "met", or while another limit than its own is in force, by which it is met: "met by the relaxed limit, at most 100
/// ms; missed by its own".
std::string standings_text(const TargetReading& reading) {
  const Target& target = reading.status.target;
  const std::string in_force =
      std::string(standing_text(standing_of(reading).value_or(decide::LimitStanding::undecided)));
  if (reading.limit == target.limit) return in_force;
  const auto own = reading.bounds ? decide::limit_standing(*reading.bounds, target.bound, target.limit)
                                  : decide::LimitStanding::undecided;
  if (!reading.limit) return fmt::format("no limit is in force; {} by its own", standing_text(own));
  return fmt::format("{} by the relaxed limit, {}; {} by its own", in_force, limit_text(target, *reading.limit),
                     standing_text(own));
}

std::string refutation_text(const KeptChange& change) {
  return change.refuted_by ? fmt::format("; {} measured no improvement", change.refuted_by->name) : "";
}

}  // namespace

std::string target_sentence(const TargetReading& reading) {
  const Target& target = reading.status.target;
  std::string text = fmt::format("{}: {}", target_name(target), limit_text(target, target.limit));
  if (reading.figure) {
    text += fmt::format("; {}: {}{}", measured_text(reading), standings_text(reading), stages_text(reading));
  }
  if (const std::string& from = reading.status.attributed_to; !from.empty()) {
    text += fmt::format("; derived from the phases of {}", from);
  }
  return target.best_effort.empty() ? text : fmt::format("{}; best effort: {}", text, target.best_effort);
}

std::string relaxation_sentence(const OpenRelaxation& relaxed, const Target& target) {
  const std::string meanwhile = relaxed.content.to ? limit_text(target, *relaxed.content.to) : "no limit";
  const std::string& environment = relaxed.content.environment_name;
  return fmt::format("RELAXED{} to {} until {}, by {} in {}: {}", environment.empty() ? "" : " in " + environment,
                     meanwhile, relaxed.content.until, relaxed.record.actor, relaxed.record.name,
                     relaxed.content.reason);
}

std::string change_sentence(const KeptChange& change) {
  switch (change.standing) {
    case ChangeStanding::kept:
      return "kept, in no revision yet";
    case ChangeStanding::refuted:
      if (change.because == change.refuted_by) {
        return fmt::format("NOT TO BE ADOPTED: {} measured no improvement", change.because->name);
      }
      return fmt::format("NOT TO BE ADOPTED: {} showed that it is not correct", change.because->name);
    case ChangeStanding::adopted:
      return fmt::format("adopted in {}{}", change.adopted_by->name, refutation_text(change));
    case ChangeStanding::remeasured:
      return fmt::format("adopted in {}, measured again in {}{}", change.adopted_by->name, change.because->name,
                         refutation_text(change));
    case ChangeStanding::must_be_reverted:
      return fmt::format("MUST BE REVERTED: {} showed that it is not correct", change.because->name);
    case ChangeStanding::reverted:
      break;
  }
  return fmt::format("reverted in {}", change.because->name);
}

std::string how_to_adopt(const KeptChange& change) {
  if (change.standing != ChangeStanding::kept) return "";
  return fmt::format("; once a commit holds it: assay decide --adopt {} --commit REVISION", change.attempt.number);
}

std::string swapped_file_text(const SwappedFile& file) {
  const std::string state =
      file.content.empty() ? "is not the original" : fmt::format("still holds {}'s content", file.content);
  return fmt::format("{} {}: assay close, given the file of {}, puts the original back", file.file, state,
                     file.experiment);
}

std::string broken_text(const BrokenCriterion& broken) {
  const std::string since = broken.record ? fmt::format(" (record {:04})", broken.record->number) : "";
  return fmt::format("NO LONGER HOLDS: {}{}: {}", broken.name, since, broken.why);
}

}  // namespace assay::record
