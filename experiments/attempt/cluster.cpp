#include "experiments/attempt/cluster.hpp"

#include <algorithm>
#include <string_view>

#include "core/host/files/files.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/engine/engines.hpp"
#include "experiments/engine/slurm/abandon.hpp"
#include "experiments/engine/slurm/spool.hpp"

namespace assay::attempt {
namespace {

constexpr std::string_view kEnvironment = "slurm";

}  // namespace

bool runs_on_cluster(const ExperimentFile& experiment) {
  Plan plan;
  plan.engine = definition_of(experiment).engine;
  plan.simulation = definition_of(experiment).simulation;
  return engine::trial_host(plan) == engine::TrialHost::cluster;
}

std::string cluster_environment(const ClusterOptions& options) {
  std::string name(kEnvironment);
  if (options.partition.empty()) return name;
  name += "-" + options.partition;
  // A list of partitions is one environment.
  std::replace(name.begin(), name.end(), ',', '-');
  return name;
}

std::string spools_of(const record::Lab& lab, const ClusterOptions& options) {
  return options.spool.empty() ? lab.spools_folder() : host::absolute_path(options.spool);
}

host::MeasuringLock take_coordinator_lock(const Coordinated& what, const std::string& purpose,
                                          const RunOptions& options, Observer& observer) {
  constexpr std::size_t kDigits = 16;
  host::make_folder(what.spools);
  return host::MeasuringLock::of_file(
      what.spools + "/" + what.hypothesis_sha256.substr(0, kDigits) + ".lock", purpose,
      options.host_patience.value_or(nanoseconds::max()),
      [&observer](const host::LockHolder& holder) { observer.waiting_for_host(holder.description); });
}

void remove_spool(const std::string& spools, const std::string& plan_sha256) {
  engine::Spool(engine::spool_folder(spools, plan_sha256), plan_sha256).remove();
}

void abandon_spool(const std::string& spools, const std::string& plan_sha256) {
  const engine::Spool spool(engine::spool_folder(spools, plan_sha256), plan_sha256);
  engine::abandon(spool);
  spool.remove();
}

}  // namespace assay::attempt
