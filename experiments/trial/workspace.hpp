#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/host/files/folder_listing.hpp"
#include "core/host/files/temporary_folder.hpp"
#include "core/host/process/orphans.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// Makes the folders and ports of a session's arms in the temporary folder, and removes them when it goes out of scope.
/// What killed sessions left there is removed first.
class Workspace {
 public:
  /// \param lock_path  the path of the measuring lock, which trials hand on
  /// \throws Error if the temporary folder cannot be written.
  Workspace(std::size_t arms, const std::string& lock_path);
  /// For the arms of a plan, with assay-span if their spans are used. \throws Error as above.
  Workspace(const Plan& plan, const std::string& lock_path, SpanUse span_use = SpanUse::as_read);

  [[nodiscard]] const SessionResources& resources() const { return resources_; }

  /// The folder that holds all of it. Trials do not know it.
  [[nodiscard]] const std::string& root() const { return root_.path(); }

  /// Empties $TMPDIR for the next trial. Cost: about 3 us if it was empty.
  /// \returns the names of what was in it, in byte order.
  std::vector<std::string> clear_temporary_folder();

 private:
  host::TemporaryFolder root_;
  host::OrphanWatch watch_;  ///< ends before the folder goes
  std::vector<host::TemporaryFolder> arm_folders_;
  SessionResources resources_;
  host::FolderListing temporary_files_;
};

}  // namespace assay::trial
