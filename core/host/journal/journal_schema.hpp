#pragma once

#include <string>

#include "core/host/journal/database.hpp"

namespace assay::host {

/// The tables of a lab's journal, and the steps that bring an older one up to date.
extern const DatabaseKind kJournal;

/// Leaves the file to its owner only. SQLite reports what could not be done here. A file that is there is not
/// opened: closing it would release the locks that another connection of this process has on it.
void make_private(const std::string& path);

}  // namespace assay::host
