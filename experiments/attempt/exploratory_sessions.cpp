#include "experiments/attempt/exploratory_sessions.hpp"

#include <utility>

#include "core/host/files/digest.hpp"
#include "core/host/machine/cpus.hpp"
#include "core/host/machine/lineage.hpp"
#include "experiments/attempt/environment.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/journalled_attempt.hpp"
#include "experiments/attempt/measure.hpp"
#include "experiments/design/packing.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"

namespace assay::attempt {

FrozenPlan exploratory_plan(const definition::Definition& definition, const std::string& folder,
                            const RunOptions& options) {
  design::FreezeContext context = caller_context(folder);
  context.exploratory = true;
  const std::optional<record::Lab> lab = record::Lab::find(folder);
  context.environment_name = environment_here(lab, options);
  context.budget = environment_budget(lab, context.environment_name);
  Plan plan = design::freeze(definition, context);
  design::add_groups(plan, host::cpus_for_trials());
  std::string hypothesis_sha256 = host::sha256(formats::hypothesis_json(plan));
  return {std::move(plan), std::move(hypothesis_sha256)};
}

ExploratorySessions::ExploratorySessions(const std::string& purpose, std::string folder, const RunOptions& options,
                                         Observer& observer)
    : folder_(std::move(folder)),
      options_(options),
      observer_(observer),
      lock_(take_measuring_lock(purpose, options, observer)),
      journal_(host::Journal::in_memory()) {}

std::optional<Outcome> ExploratorySessions::run(const definition::Definition& definition) {
  FrozenPlan plan = exploratory_plan(definition, folder_, options_);
  host::refuse_recursion(plan.hypothesis_sha256);
  JournalledAttempt attempt = open_attempt(journal_, std::move(plan));
  session::SessionEnd end = measure(attempt, journal_, lock_, options_, observer_);
  if (end.interrupted) return std::nullopt;
  return Outcome{std::move(attempt.plan), std::move(attempt.plan_sha256), "", std::move(end.blocks),
                 std::move(end.result)};
}

}  // namespace assay::attempt
