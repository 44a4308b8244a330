#include "experiments/engine/slurm/abandon.hpp"

#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "experiments/engine/slurm/slurm_client.hpp"

namespace assay::engine {

void abandon(const Spool& spool) {
  std::vector<std::string> names;
  for (const Generation& generation : spool.generations()) {
    names.push_back(generation.job_name);
    for (const BlockOrder& order : generation.orders) {
      (void)spool.claim(key_of(order), generation.number, {.claimant = Claimant::stopped});
    }
  }
  if (names.empty()) return;
  try {
    SlurmClient client;
    const std::optional<std::vector<QueueRow>> rows = client.queue(names);
    if (!rows) return;
    for (const QueueRow& row : *rows) {
      if (row.state != QueueState::ended) client.cancel(row);
    }
  } catch (const Error&) {
    return;  // no cluster can be reached from here
  }
}

}  // namespace assay::engine
