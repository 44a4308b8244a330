#include "experiments/engine/slurm/ghosts.hpp"

#include <algorithm>
#include <optional>
#include <thread>

#include "core/host/machine/clock.hpp"

namespace assay::engine {
namespace {

bool is_gone(const QueueRow& row) {
  return row.state == QueueState::ended || row.state == QueueState::ending;
}

}  // namespace

GhostsEnd end_ghosts(SlurmClient& client, const std::vector<std::string>& job_names, const GhostPatience& patience) {
  if (job_names.empty()) return GhostsEnd::gone;
  const nanoseconds begun = host::monotonic_time();
  nanoseconds pause = std::min<nanoseconds>(std::chrono::milliseconds(100), patience.longest_pause);
  for (;;) {
    std::optional<std::vector<QueueRow>> rows = client.queue(job_names);
    const nanoseconds elapsed = host::monotonic_time() - begun;
    if (rows) {
      std::erase_if(*rows, is_gone);
      if (rows->empty()) return GhostsEnd::gone;
      for (const QueueRow& row : *rows) {
        if (elapsed >= patience.ending || row.state != QueueState::running) client.cancel(row);
      }
    }
    if (elapsed >= (rows ? patience.listed : patience.unread)) return GhostsEnd::perhaps_left;
    std::this_thread::sleep_for(pause);
    pause = std::min(2 * pause, patience.longest_pause);
  }
}

}  // namespace assay::engine
