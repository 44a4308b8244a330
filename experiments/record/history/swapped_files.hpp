#pragma once

#include <string>
#include <vector>

#include "core/host/journal/journal.hpp"

namespace assay::record {

/// A file in which a killed attempt left another content.
struct SwappedFile {
  std::string file;
  std::string experiment;
  std::string content;  ///< label of the arm whose content it holds; empty: somebody put another file there since
};
/// The swapped files of the journal's open attempts. \throws Error if the journal cannot be read.
[[nodiscard]] std::vector<SwappedFile> swapped_files(const host::Journal& journal);

}  // namespace assay::record
