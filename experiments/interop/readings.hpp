#pragma once

#include <span>
#include <string>

#include "experiments/design/value_plan.hpp"

namespace assay::interop {

/// Counts how often a file of pairs was judged while it grew.
///
/// Each reading takes a last look with all of alpha, so several readings of a growing file err more often than one: ten
/// of them call equal arms different in 17.5 % at 5 %. Nothing is kept of the values: for each file the number of rows
/// and a digest of them. A file whose earlier rows are no longer the same begins anew.
/// \param state_file  JSON; it is made if it is missing. \param file  an absolute path.
/// \returns the number of lengths at which it was read, this one included; 1 if that is not known, as where the state
/// cannot be written.
/// \throws Error if a FIFO, a socket or a device is in the place of the state: it is neither read nor written.
[[nodiscard]] int count_reading(const std::string& state_file, const std::string& file,
                                std::span<const design::ValuePair> pairs);

/// The folders in which a user's programs keep what they remember; empty if not set.
struct StateFolders {
  std::string state_home;  ///< $XDG_STATE_HOME
  std::string home;
};
/// Where readings are counted: in $XDG_STATE_HOME, else in ~/.local/state; empty without a home folder.
[[nodiscard]] std::string readings_file(const StateFolders& folders);

/// What a reader of a growing file should know; empty at its first reading.
[[nodiscard]] std::string readings_note(int readings);

}  // namespace assay::interop
