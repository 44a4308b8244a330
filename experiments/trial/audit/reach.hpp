#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/audit/fingerprint.hpp"
#include "experiments/trial/sources/source_arms.hpp"

namespace assay::trial {

/// Shows whether a change of the source reached what the trials ran, that is, whether they read any file that differs
/// between the arms. A comparison whose arms ran the same program (the installed one, not the commit's) shows nothing.
///
/// Access times show which files were read, so wrappers, interpreters and `make bench` are followed, and a file that
/// nobody reads does not count. If the file system keeps no access times, the programs themselves or the files that
/// commands name must differ.
///
/// A gate asks something weaker: whether a change is worse, not what an experiment's own change does. There it is an
/// answer that trials read the commit's files and found nothing that differs: equal programs are not worse.
class Reach {
 public:
  /// \param arms    already built; must outlive this object, like the plan
  /// \param folder  lies on the file system of the clones
  Reach(const Plan& plan, const SourceArms& arms, const std::string& folder);

  /// Forgets what was read so far. To be called just before trials.
  void start();
  /// The intruders to report just after trials: one for each treatment whose change they did not reach.
  /// \param fingerprints  those of all arms and cells
  [[nodiscard]] std::vector<std::string> missing(const std::vector<Fingerprint>& fingerprints);

 private:
  struct Candidates {
    ArmIndex treatment;
    std::vector<std::string> paths;  ///< of files that may differ, below the clones' tops
    bool reached = false;
  };
  [[nodiscard]] bool read_what_differs(const Candidates& candidates) const;
  /// True if trials of the treatment read any file of its commit.
  [[nodiscard]] bool read_the_commit(ArmIndex treatment) const;
  enum class ProgramOrigin { clone, elsewhere };
  [[nodiscard]] std::string intruder_text(const std::string& program, ProgramOrigin origin) const;

  const Plan& plan_;
  const SourceArms& arms_;
  bool access_times_;
  bool equal_is_an_answer_;             ///< of an exploratory plan that asks only for "not worse"
  std::vector<Candidates> candidates_;  ///< one per treatment whose tree is not control's
};

}  // namespace assay::trial
