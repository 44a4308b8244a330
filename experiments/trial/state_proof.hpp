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

/// How some files stand in the page cache, together.
struct CacheLook {
  Bytes size;                                         ///< of all that come from a disk or network, told or not
  Bytes told;                                         ///< of those whose residency the kernel tells
  Bytes resident;                                     ///< of those
  std::string fullest;                                ///< the file with most of it
  bool counted = true;                                ///< reading them shows as blocks read
  [[nodiscard]] std::optional<double> share() const;  ///< nothing where nothing is told
};

/// Proves how caches stand when a trial starts (docs/methods/states.md).
///
/// Cold, a state with `evict`: the files are put out of memory, at most 5 % of them may be found there just before the
/// trial, and the trial must then have fetched its share of them. Warm: 95 % of the workload's declared files are in
/// memory, or as much as a warm-up that reads nothing leaves there. What cannot be proven is noted, once.
class StateProof {
 public:
  /// `plan` must outlive it.
  explicit StateProof(const Plan& plan) : plan_(plan) {}

  /// Just before a trial: evicts and looks. Nothing: the state is proven, or nothing can be proven.
  [[nodiscard]] std::optional<StateUnproven> before(const ArmSetup& setup);
  /// Just after a trial: whether it fetched what was evicted. Adds what was seen to the trial's notes.
  [[nodiscard]] std::optional<StateUnproven> after(const ArmSetup& setup, Trial& trial);

  /// Whether a warm-up may bring about what `before` missed.
  [[nodiscard]] bool is_warm(const ArmSetup& setup) const;
  /// A warm-up was repeated since `before`: one that reads nothing has all that it needs in memory.
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
  std::vector<std::string> files_;         ///< of the trial at hand
  CacheLook start_;                        ///< of the trial at hand
  std::optional<Bytes> fetched_at_start_;  ///< by the whole machine, since boot
  bool dropping_is_useless_ =
      false;  ///< the whole cache was dropped, or may not be, and files stayed: it costs everybody
  std::map<std::pair<std::size_t, ArmIndex>, double> warm_shares_;  ///< what warm-ups that read nothing left in memory
};

}  // namespace assay::trial
