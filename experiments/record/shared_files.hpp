#pragma once

#include <string>
#include <vector>

#include "experiments/record/lab.hpp"

namespace assay::record {

/// Where two branches each made a record of one name, git puts both into one file, a line each (`merge=union`), or in
/// conflict. Gives every such record a file of its own, called after its name and hash, so that everybody who does this
/// gets the same files. Returns the names of the files that were put apart.
/// \throws Error when a file cannot be read, written or removed.
std::vector<std::string> split_shared_files(const Lab& lab);

}  // namespace assay::record
