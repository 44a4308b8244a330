#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/units.hpp"

namespace assay {

/// Whether blocks of one attempt may run on nodes whose processors are of different models.
enum class MixedCpus { refused, allowed };

/// What a cluster is asked for. None of it is part of the plan: it may change when an attempt is taken up again.
struct ClusterOptions {
  /// A folder that every node sees under the same path; empty: one in the lab.
  std::string spool = {};
  std::string partition = {};  ///< empty, as for all that follow: the cluster's default
  std::string account = {};
  std::string time = {};  ///< the limit of one task, as the cluster writes it
  std::string constraint = {};
  std::string node_list = {};
  std::string generic_resources = {};
  std::vector<std::string> arguments = {};     ///< further words of the cluster's submitting command
  nanoseconds poll = std::chrono::seconds(2);  ///< how often the cluster's queue is asked
  /// Absolute: the file of the assay that runs blocks on the nodes; empty: that of this process.
  std::string program = {};
  MixedCpus mixed_cpus = MixedCpus::refused;
  friend bool operator==(const ClusterOptions&, const ClusterOptions&) = default;
};

}  // namespace assay
