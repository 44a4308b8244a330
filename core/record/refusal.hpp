#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/requirement_change.hpp"
#include "core/result/decision.hpp"
#include "core/result/verdict.hpp"
#include "core/target.hpp"

namespace assay {

/// The record of an attempt, as far as a refusal quotes it.
struct QuotedRecord {
  int number = 0;
  std::string name;             ///< "0007-readiness-poll"
  std::string sha256;           ///< of its file
  std::int64_t created_ns = 0;  ///< Unix time
  Verdict verdict = Verdict::inconclusive;
  Decision decision = Decision::undecided;
  DecisionReason reason = DecisionReason::inconclusive;
  bool no_better_level = false;  ///< the first level won the race: the verdict is about the others
  friend bool operator==(const QuotedRecord&, const QuotedRecord&) = default;
};

/// The hypothesis was kept: there is nothing left to decide.
struct AlreadyDecided {
  QuotedRecord by;
  friend bool operator==(const AlreadyDecided&, const AlreadyDecided&) = default;
};

/// The hypothesis was discarded for good.
struct DeadEnd {
  QuotedRecord by;
  std::vector<std::string> assumptions = {};  ///< of that record: it may be reopened once one of them has changed
  friend bool operator==(const DeadEnd&, const DeadEnd&) = default;
};

/// All attempts were made, and none decided the hypothesis: it is a dead end, too.
struct AttemptsSpent {
  int allowed = 0;
  std::optional<QuotedRecord> last;           ///< std::nullopt: the records of the attempts are gone
  std::vector<std::string> assumptions = {};  ///< of the last record, as for a dead end
  friend bool operator==(const AttemptsSpent&, const AttemptsSpent&) = default;
};

/// The experiment asks for another number of attempts than its first one did. They share one alpha, so the number is
/// fixed.
struct AttemptsChanged {
  int asked = 0;
  int began_with = 0;
  QuotedRecord first;
  friend bool operator==(const AttemptsChanged&, const AttemptsChanged&) = default;
};

/// The experiment asks for a larger alpha than its first attempt did.
struct AlphaRaised {
  double asked = 0;
  double began_with = 0;
  QuotedRecord first;
  friend bool operator==(const AlphaRaised&, const AlphaRaised&) = default;
};

/// The experiment asks for less than an earlier attempt did, in something that this attempt did not meet or that only
/// grows, and nobody has allowed it.
struct AsksForLess {
  std::vector<RequirementChange> changes;
  friend bool operator==(const AsksForLess&, const AsksForLess&) = default;
};

/// The experiment states a target looser than the lab has it, or states it no longer.
struct TargetLoosened {
  Target target;                ///< as the lab has it
  double in_force = 0;          ///< the limit that holds today
  std::optional<double> asked;  ///< the limit that the experiment states; std::nullopt: it states none
  std::string stated_in;        ///< name of the record that states the limit; empty: only a relaxation does
  friend bool operator==(const TargetLoosened&, const TargetLoosened&) = default;
};

/// The experiment file is no longer what its interrupted attempt was planned from.
struct ChangedSinceBegun {
  int attempt = 0;
  friend bool operator==(const ChangedSinceBegun&, const ChangedSinceBegun&) = default;
};

/// The interrupted attempt was begun on another kind of machine, so its blocks would not be of one environment.
struct OtherMachine {
  int attempt = 0;
  std::vector<std::string> differences;  ///< "processor: A then, B now"
  friend bool operator==(const OtherMachine&, const OtherMachine&) = default;
};

/// An attempt was to be closed, but none of this hypothesis is open.
struct NoOpenAttempt {
  friend bool operator==(const NoOpenAttempt&, const NoOpenAttempt&) = default;
};

/// Another measurement runs on this host.
struct HostBusy {
  std::string holder;  ///< "pid 4711, assay run readiness-poll, since 14:05"
  std::string lock;    ///< the lock's file
  friend bool operator==(const HostBusy&, const HostBusy&) = default;
};

/// There is no lab in the folder or above it, so there is nowhere to put a record.
struct NoLab {
  std::string folder;
  friend bool operator==(const NoLab&, const NoLab&) = default;
};

using RefusalReason = std::variant<AlreadyDecided, DeadEnd, AttemptsSpent, AttemptsChanged, AlphaRaised, AsksForLess,
                                   TargetLoosened, ChangedSinceBegun, OtherMachine, NoOpenAttempt, HostBusy, NoLab>;

/// Why an attempt was not made. Nothing was measured, and the lab is as it was.
struct Refusal {
  std::string experiment;  ///< as the caller names it
  RefusalReason reason;
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// What a person can do about a refusal.
enum class WayBack {
  none,              ///< the question is settled
  reopen,            ///< lift the dead end, once one of the experiment's assumptions has changed
  restore_file,      ///< bring the experiment file back to what it was
  restore_or_allow,  ///< bring the requirement back, or record why less is asked for
  restore_or_relax,  ///< bring the target back, or record who relaxes it and why
  restore_or_close,  ///< bring the experiment file back, or end the open attempt
  return_or_close,   ///< go on where the attempt was begun, or end it
  run_first,         ///< there is no attempt yet
  wait,              ///< until the other measurement has ended
  make_lab,
};
[[nodiscard]] WayBack way_back(const Refusal& refusal);

/// The record that a refusal rests on; nullptr where it rests on none. It lives as long as the refusal.
[[nodiscard]] const QuotedRecord* record_behind(const Refusal& refusal);

}  // namespace assay
