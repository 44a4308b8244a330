#include "experiments/attempt/check_proofs.hpp"

#include "core/host/machine/lock.hpp"
#include "core/host/process/process.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/measure.hpp"

namespace assay::attempt {

std::vector<trial::CheckProof> prove_checks(definition::Definition definition, const std::string& folder,
                                            Observer& observer) {
  resolve_variable(definition, folder, EqualLevels::refused, observer);
  const Plan plan = design::freeze(definition, caller_context(folder));
  const host::MeasuringLock lock = take_measuring_lock("assay check --prove " + definition.id, {}, observer);
  host::Launcher launcher;
  return trial::prove_checks(plan, launcher, lock.path(),
                             [&observer](std::string_view step) { observer.step_began(step); });
}

}  // namespace assay::attempt
