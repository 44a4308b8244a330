#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/units.hpp"
#include "core/variable.hpp"

namespace assay {

/// The state whose files are proven to be in memory when a trial starts.
inline constexpr std::string_view kWarm = "warm";

/// How caches and services stand when a trial starts, and how that is brought about and proven
/// (docs/methods/states.md).
struct State {
  std::string name{kWarm};
  int warmup = 1;                       ///< discarded trials per arm before the first block; 0 or more
  std::vector<std::string> evict = {};  ///< globs of files that must not be in memory when a trial starts
  Percent reads{5};                     ///< of the evicted bytes, what each trial must read for itself
  Argv prepare = {};                    ///< before every trial, after the workload's; empty: none
  Argv conclude = {};                   ///< after every trial, before the workload's; empty: none
  Argv prove = {};                      ///< must exit 0 just before the trial; empty: none
  friend bool operator==(const State&, const State&) = default;
};

}  // namespace assay
