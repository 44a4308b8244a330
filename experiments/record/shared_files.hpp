#pragma once

#include <string>
#include <vector>

#include "experiments/record/lab.hpp"

namespace assay::record {

/// Gives each record a file of its own if git has put several into one: when two branches each made a record of the
/// same name, git merges them into one file, a line each (`merge=union`), or leaves a conflict. The new files are named
/// after the record and its hash, so that everybody who does this gets the same files.
/// Returns the names of the files that were split.
/// \throws Error if a file cannot be read, written or removed.
std::vector<std::string> split_shared_files(const Lab& lab);

}  // namespace assay::record
