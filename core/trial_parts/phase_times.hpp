#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/units.hpp"

namespace assay {

/// What the kernel counted while the spans of one phase were open. What lies within them counts, too.
struct PhaseUse {
  nanoseconds open{};                      ///< the lengths of its spans, added up
  nanoseconds cpu{};                       ///< time of processors
  std::optional<nanoseconds> io = {};      ///< in which it waited for storage
  std::optional<nanoseconds> memory = {};  ///< in which it waited for memory
  friend bool operator==(const PhaseUse&, const PhaseUse&) = default;
};

/// What documents call the time that is in no phase. No phase may be called so.
inline constexpr std::string_view kNoPhase = "(in no phase)";

/// The time of one phase in one trial: that of all its spans with one name.
struct PhaseTime {
  std::string name;
  std::int64_t spans = 0;
  nanoseconds self{};   ///< in which no other span was open within them; phases that run at once share it
  nanoseconds total{};  ///< in which at least one of them was open
  nanoseconds alone{};  ///< of `total`: in which every innermost span lay within one of them, so that nothing else went
                        ///< on; no run gets faster than by this if the phase takes no time
  /// `alone` if spans that do not say whether they are parts of each other went on beside each other; at most `alone`,
  /// which takes them for parts. std::nullopt: their spans decide it.
  std::optional<nanoseconds> alone_beside = {};
  std::optional<PhaseUse> use = {};  ///< std::nullopt: some of its spans do not report it
  friend bool operator==(const PhaseTime&, const PhaseTime&) = default;
};

/// What a trial reported of its phases. The self times and the rest add up to the trial's wall time, to the nanosecond.
struct PhaseTimes {
  std::vector<PhaseTime> phases;        ///< in byte order of their names
  nanoseconds rest{};                   ///< wall time in which no span was open
  std::int64_t refused = 0;             ///< lines and spans that are none; they are in no phase
  std::vector<std::string> objections;  ///< why the first few of them were refused
  friend bool operator==(const PhaseTimes&, const PhaseTimes&) = default;
};

}  // namespace assay
