#pragma once

#include <string>
#include <vector>

#include "core/host/files/file_swap.hpp"
#include "core/host/journal/journal.hpp"
#include "core/plan.hpp"

namespace assay::cli {

/// Where the variable is a file and a killed attempt left another content in it: puts the original back, and says so on
/// standard error. \param folder  of the experiment, absolute
void restore_swapped_file(const Variable& variable, const std::string& folder);

/// "conf was edited while it held another content: the edit is kept as conf.edited-during-assay; the original is back".
[[nodiscard]] std::string describe(const host::Restoration& restoration);

/// A file in which a killed attempt left another content.
struct SwappedFile {
  std::string file;
  std::string experiment;
  std::string content;  ///< label of the arm that it holds; empty: somebody put another file there since
};
/// Those of the journal's open attempts.
[[nodiscard]] std::vector<SwappedFile> swapped_files(const host::Journal& journal);

/// "conf still holds treatment's content: assay close, given the file of example, puts the original back".
[[nodiscard]] std::string describe(const SwappedFile& file);

}  // namespace assay::cli
