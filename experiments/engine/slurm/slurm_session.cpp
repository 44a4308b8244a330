#include "experiments/engine/slurm/slurm_session.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace assay::engine {

const Generation* SlurmSession::generation(int number) const {
  const auto found = std::find_if(generations.begin(), generations.end(),
                                  [number](const Generation& one) { return one.number == number; });
  return found == generations.end() ? nullptr : &*found;
}

std::vector<std::string> SlurmSession::bad_nodes() const {
  constexpr int kTooMany = 2;
  std::vector<std::string> bad;
  for (const auto& [node, losses] : losses_by_node) {
    if (losses >= kTooMany) bad.push_back(node);
  }
  return bad;
}

std::optional<std::vector<QueueRow>> SlurmSession::read_queue(const std::vector<std::string>& job_names) {
  if (member == nullptr) return client.queue(job_names);
  return member->queue.rows(member->number, client, job_names, options.poll);
}

std::string SlurmSession::name_of(const BlockKey& key) const {
  return fmt::format("block {} of {}", key.number, cell_name(plan, cells(plan)[key.cell]));
}

}  // namespace assay::engine
