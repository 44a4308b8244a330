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
#include "core/result.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// One arm's clone with what one build made in it.
struct SourceArm {
  host::Clone clone;
  std::set<std::string> tracked;                      ///< paths of the commit's files, with the patch's
  std::optional<host::FolderContents> contents = {};  ///< as its own build left them
};

/// Where arms are made of sources.
struct SourceSurroundings {
  std::string place;       ///< a folder of this session's own: clones and caches go there
  std::string log_folder;  ///< absolute; kept. Empty: nowhere, and a failed build's log goes to the temporary place
};

/// Makes the arms of a plan whose variable is a revision or a patch: for each build of each arm a clone with a name of
/// equal length, its files, and the build step. The user's repository is read alone.
class SourceArms {
 public:
  /// `plan` and `launcher` must outlive it. \throws Error when the repository is not there.
  SourceArms(const Plan& plan, host::Launcher& launcher, SourceSurroundings surroundings);
  ~SourceArms();
  SourceArms(SourceArms&&) noexcept;
  SourceArms& operator=(SourceArms&&) noexcept = delete;

  using Step = std::function<void(std::string_view)>;
  using Stopped = std::function<bool()>;
  /// Clones and builds, build by build and arm by arm; returns early when asked to stop.
  /// \throws Error (invalid) with arm, command, ending and log when a build fails, or when the files are not those of
  /// the plan.
  void make(const Step& step, const Stopped& stopped);
  /// What the build that failed printed last.
  [[nodiscard]] const std::vector<std::string>& last_lines() const;

  [[nodiscard]] const SourceArm& arm(ArmIndex arm, int build) const;
  /// Files of an arm's clones that are not as the arm's own build left them, by their path, with how that came about:
  /// until all were built any file, from then on files of the commit.
  /// Cost: one stat(2) for each file of the commit that nobody wrote.
  [[nodiscard]] std::map<std::string, std::string> changed_files(ArmIndex arm);
  /// Of the experiment's folder in the repository; empty where it is the top or lies elsewhere.
  [[nodiscard]] const std::string& subfolder() const;
  /// Paths that the trees of control and this treatment do not hold alike.
  [[nodiscard]] std::vector<std::string> differing_sources(ArmIndex treatment) const;
  /// What a reader should know: whether the layout of the programs was varied; changes that no commit holds.
  [[nodiscard]] std::vector<std::string> notes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The surroundings of trials with one build's clones in them, an arm each.
[[nodiscard]] Surroundings with_clones(Surroundings surroundings, const SourceArms& sources, int build);

/// The builds whose logs a folder holds, in their order; none where there is no such folder.
[[nodiscard]] std::vector<Build> read_builds(const std::string& log_folder);

}  // namespace assay::trial
