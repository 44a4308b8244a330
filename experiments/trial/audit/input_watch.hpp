#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/host/files/file_status.hpp"
#include "core/plan.hpp"
#include "experiments/trial/arm_setup.hpp"

namespace assay::trial {

/// Whether a file may be read now: reading brings it into memory, which a cold state must not find there.
enum class MayRead { no, yes };

/// Watches the declared inputs, so that a trial cannot alter them for the next one and have them put back before the
/// last audit. The status of each is compared around every trial, a microsecond each: no program can put back the time
/// of its last change, nor its number. Only a file whose status changed is read again.
///
/// A prepare may write the inputs anew before every trial: what counts is their content when the program starts.
class InputWatch {
 public:
  /// The plan must outlive it.
  explicit InputWatch(const Plan& plan) : plan_(plan) {}

  /// To be called just before a program starts. What an arm's inputs hold before its first program counts as theirs
  /// (up to 256 MiB each; of larger ones only the status is known).
  void look_before(const ArmSetup& setup, MayRead may_read);
  /// To be called just after it has ended. \returns a note on what trials of this arm write and those of control did
  /// not; empty if there is none.
  [[nodiscard]] std::string look_after(const ArmSetup& setup);

  /// A sentence for each input that was another one when some trial began.
  [[nodiscard]] std::vector<std::string> changes() const { return {changes_.begin(), changes_.end()}; }

 private:
  struct Input {
    host::FileStatus status;
    std::string digest = {};  ///< when the first program started; empty if the file is too large
    bool is_unread = false;   ///< it changed before a trial, and could not be read then
  };
  [[nodiscard]] const std::vector<std::string>& paths_of(const ArmSetup& setup);
  /// Whether this is the file of the variable, which is another one in each arm.
  [[nodiscard]] bool is_swapped(const std::string& path) const;
  void compare(const std::string& path, Input& input, const ArmSetup& setup);

  const Plan& plan_;
  std::map<std::pair<std::size_t, ArmIndex>, std::vector<std::string>> paths_;  ///< by cell and arm
  std::map<std::string, Input> inputs_;                                         ///< by path
  std::set<std::string> written_by_control_;                                    ///< names
  std::set<std::string> changes_;
};

}  // namespace assay::trial
