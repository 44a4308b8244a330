#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"
#include "experiments/trial/audit/fingerprint.hpp"
#include "experiments/trial/sources/source_arms.hpp"

namespace assay::trial {

/// Tells whether a change of the source reached what the trials ran: whether they read any file that is not the same in
/// both arms. A comparison whose arms ran the same program (the installed one, not the commit's) shows nothing.
///
/// What was read tell the access times: so wrappers, interpreters and `make bench` are seen through, and a file that
/// merely lies there counts for nothing. Where the file system keeps none, the programs themselves and the files that
/// commands name must differ.
class Reach {
 public:
  /// \param arms  made; must outlive it, like the plan
  Reach(const Plan& plan, const SourceArms& arms, const std::string& place);

  /// Just before trials: forgets what was read so far.
  void start();
  /// Just after trials: what they did not reach, as the audit names it; nothing once something was reached.
  /// \param fingerprints  of all arms and cells
  [[nodiscard]] std::vector<std::string> missing(const std::vector<Fingerprint>& fingerprints);

 private:
  struct Candidates {
    ArmIndex treatment;
    std::vector<std::string> paths;  ///< below the clones' tops: what may differ
    bool reached = false;
  };
  [[nodiscard]] bool read_what_differs(const Candidates& candidates) const;
  [[nodiscard]] std::string intruder_text(const std::string& program, bool is_of_clone) const;

  const Plan& plan_;
  const SourceArms& arms_;
  bool access_times_;
  std::vector<Candidates> candidates_;  ///< one per treatment whose tree is not control's
};

}  // namespace assay::trial
