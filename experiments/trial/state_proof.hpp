#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/plan.hpp"
#include "core/trial.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/once_notes.hpp"

namespace assay::trial {

/// How much of some files is in the page cache.
struct CacheLook {
  Bytes size;           ///< the size of all files that come from a disk or network
  Bytes told;           ///< the size of those whose residency the kernel reports
  Bytes resident;       ///< how much of those is in memory
  std::string fullest;  ///< the file that has most in memory
  bool counted = true;  ///< true if reading them is counted in blocks read
  /// The share in memory of what the kernel reports on; empty if it reports on none of the files.
  [[nodiscard]] std::optional<double> share() const;
};

/// Proves the state of the page cache when a trial starts (docs/methods/states.md).
///
/// In a cold state, which has `evict`, the files are evicted from memory, at most 5 % of them may be there just before
/// the trial, and the trial must then fetch its share of them. In the warm state, 95 % of the workload's declared files
/// must be in memory, or as much as a warm-up that reads nothing leaves there. What cannot be proven is noted once.
class StateProof {
 public:
  /// `plan` must outlive it.
  explicit StateProof(const Plan& plan) : plan_(plan) {}

  /// Evicts files and looks at the cache, just before a trial. Empty if the state is proven, or nothing can be proven.
  [[nodiscard]] std::optional<StateUnproven> before(const ArmSetup& setup);
  /// Looks, just after a trial, whether it fetched what was evicted. Adds what was seen to the trial's notes.
  [[nodiscard]] std::optional<StateUnproven> after(const ArmSetup& setup, Trial& trial);

  /// True if a warm-up can bring about what `before` missed.
  [[nodiscard]] bool is_warm(const ArmSetup& setup) const;
  /// Learns from a warm-up that was repeated since `before`. If it reads nothing, everything it needs is in memory.
  void learn_from_warm_up(const ArmSetup& setup, const Usage& usage);

  [[nodiscard]] std::vector<std::string> take_notes() { return notes_.take(); }

 private:
  [[nodiscard]] const State& state(const ArmSetup& setup) const;
  [[nodiscard]] std::optional<StateUnproven> make_cold(const State& state);
  [[nodiscard]] std::optional<StateUnproven> look_whether_warm(const ArmSetup& setup);
  [[nodiscard]] std::vector<std::string> warm_files(const ArmSetup& setup) const;
  [[nodiscard]] CacheLook look(const std::string& state, const std::vector<std::string>& files);
  [[nodiscard]] Bytes fetched(const CacheLook& now, const Usage& usage) const;

  const Plan& plan_;
  OnceNotes notes_;
  std::vector<std::string> files_;         ///< those of the current trial
  CacheLook start_;                        ///< that before the current trial
  std::optional<Bytes> fetched_at_start_;  ///< by the whole machine, since boot
  /// True once files stayed in memory although the whole cache was dropped, or because it may not be. Dropping it slows
  /// down everything on the machine.
  bool dropping_is_useless_ = false;
  std::map<std::pair<std::size_t, ArmIndex>, double> warm_shares_;  ///< what warm-ups that read nothing left in memory
};

}  // namespace assay::trial
