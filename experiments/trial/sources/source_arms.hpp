#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/host/files/folder_contents.hpp"
#include "core/host/process/process.hpp"
#include "core/host/source/clone.hpp"
#include "core/plan.hpp"
#include "core/result/result.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/sources/arm_builder.hpp"

namespace assay::trial {

/// One arm's clone with what one build made in it.
struct SourceArm {
  host::Clone clone;
  std::set<std::string> tracked;                      ///< the paths of the commit's files and of the patch's
  std::optional<host::FolderContents> contents = {};  ///< as the arm's own build left them
  std::set<std::string> read_by_build = {};           ///< tracked paths; empty without a build or access times
};

/// Makes the arms of a plan whose variable is a revision or a patch: a clone for each build of each arm, with names of
/// equal length, in which the build step is run. The user's repository is only read.
class SourceArms {
 public:
  /// `plan` and `launcher` must outlive it. \throws Error if there is no repository.
  SourceArms(const Plan& plan, host::Launcher& launcher, SourceFolders folders);
  ~SourceArms();
  SourceArms(SourceArms&&) noexcept;
  SourceArms& operator=(SourceArms&&) noexcept = delete;

  using Step = std::function<void(std::string_view)>;
  using Stopped = std::function<bool()>;
  /// Clones and builds, build by build and arm by arm. Returns early if asked to stop.
  /// \throws Error (invalid) with arm, command, ending and log if a build fails, or if the files are not those of the
  /// plan.
  void make(const Step& step, const Stopped& stopped);
  /// The last lines that the failed build printed.
  [[nodiscard]] const std::vector<std::string>& last_lines() const;

  [[nodiscard]] const SourceArm& arm(ArmIndex arm, int build) const;
  /// The files of an arm's clones that are not as the arm's own build left them, by their path, with how that came
  /// about. Until all arms were built this may be any file; from then on only files of the commit count. Cost: one
  /// stat(2) for each file of the commit that nobody wrote.
  [[nodiscard]] std::map<std::string, std::string> changed_files(ArmIndex arm);
  /// The path of the experiment's folder in the repository; empty if that is the top or lies elsewhere.
  [[nodiscard]] const std::string& subfolder() const;
  /// The paths by which the trees of control and this treatment differ.
  [[nodiscard]] std::vector<std::string> differing_sources(ArmIndex treatment) const;
  /// What a reader should know about how the programs lie in memory, once they were built.
  [[nodiscard]] std::vector<std::string> notes_on_layout() const;
  /// What a reader should know about uncommitted changes and missing files.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The resources of trials with the clones of one build, one for each arm.
[[nodiscard]] SessionResources with_clones(SessionResources resources, const SourceArms& sources, int build);

/// The builds whose logs are in a folder, in their order. There are none if there is no such folder.
[[nodiscard]] std::vector<Build> read_builds(const std::string& log_folder);

}  // namespace assay::trial
