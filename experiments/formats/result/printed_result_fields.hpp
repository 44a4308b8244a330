#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/seed.hpp"
#include "experiments/formats/described.hpp"

namespace assay::formats {

// The keys that `--json` prints beside those of a result, and that the result in a record does not have.

inline constexpr int kPrintedVersion = 1;

/// Which attempt a result is of.
struct PrintedHeading {
  std::string command;                          ///< "run"
  std::string experiment;                       ///< the plan's id
  std::optional<std::string> record = {};       ///< "0007"
  std::optional<std::string> record_name = {};  ///< "0007-readiness-poll"
  std::optional<std::string> record_sha256 = {};
  std::optional<std::string> plan_sha256 = {};
  Seed seed{0};
  std::string environment = {};
  bool simulated = false;
  std::vector<std::vector<std::string>> side_by_side = {};  ///< the cells of each group that ran at once
  std::optional<std::string> actor = {};
  int attempt = 1;
  std::optional<int> attempts_left = {};  ///< empty if attempts are not counted
};

/// What stands behind a keep beside its figures, of a comparison that the keep rests on.
struct PrintedSupport {
  std::string support;
};

template <>
const Description& description_of<PrintedHeading>();
template <>
const Description& description_of<PrintedSupport>();

}  // namespace assay::formats
