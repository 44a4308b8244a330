#include "experiments/engine/machine_node.hpp"

namespace assay::engine {

ClusterNode node_of(const Machine& machine) {
  return {.name = machine.hostname,
          .hostname = machine.hostname,
          .boot_id = machine.boot_id,
          .cpu_model = machine.cpu_model,
          .kernel = machine.kernel,
          .governor = machine.governor,
          .cpu_count = machine.cpu_count,
          .memory_bytes = machine.memory_bytes};
}

}  // namespace assay::engine
