#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/host/files/folder_listing.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// The folders and ports of one session's arms, made in the temporary place and removed with this object. What killed
/// sessions left there is removed first.
class Workspace {
 public:
  /// \param lock_path  of the measuring lock, for `Surroundings`
  /// \throws Error when the temporary place cannot be written.
  Workspace(std::size_t arms, const std::string& lock_path);
  /// For the plan's arms, with assay-span where their spans are read. \throws Error likewise.
  Workspace(const Plan& plan, const std::string& lock_path);

  [[nodiscard]] const Surroundings& surroundings() const { return surroundings_; }

  /// The folder that holds all of it; no trial's business.
  [[nodiscard]] const std::string& root() const { return root_.path(); }

  /// Empties $TMPDIR for the next trial; returns the names of what lay there, in byte order. Cost: about 3 us when
  /// there was nothing.
  std::vector<std::string> clear_temporary_folder();

 private:
  host::TemporaryFolder root_;
  std::vector<host::TemporaryFolder> arm_folders_;
  Surroundings surroundings_;
  host::FolderListing temporary_files_;
};

}  // namespace assay::trial
