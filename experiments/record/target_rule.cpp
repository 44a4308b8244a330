#include "experiments/cli/target_rule.hpp"

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "experiments/cli/shell_words.hpp"
#include "experiments/record/targets.hpp"

namespace assay::cli {

void refuse_looser_targets(const record::Lab& lab, const definition::Definition& definition,
                           const record::HypothesisPlace& place) {
  const std::vector<record::RecordSummary> records = record::list_records(lab);
  const Date today = date_of(host::unix_time_ns());
  const auto looser = record::looser_targets(
      lab, records, {.experiment = definition.id, .hypothesis_sha256 = place.sha256, .targets = definition.targets},
      today);
  if (looser.empty()) return;
  const record::LooserTarget& first = looser.front();
  const Target& target = first.standing.target;
  const std::string source =
      first.standing.stated_in.empty() ? "" : fmt::format(" (record {})", first.standing.stated_in);
  const double holds = limit_in_force(first.standing, today).value_or(target.limit);
  throw Error(fmt::format("target {} was {}{} and is {} now: restore it, or record who relaxes it and why with: assay "
                          "relax FILE {} --to VALUE --until DATE --why TEXT",
                          target_name(target), limit_text(target, holds), source,
                          first.now ? limit_text(target, *first.now) : "gone", shell_words({target_name(target)})),
              ErrorKind::refused);
}

}  // namespace assay::cli
