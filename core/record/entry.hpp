#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/plan.hpp"
#include "core/record/adoption.hpp"
#include "core/record/baseline.hpp"
#include "core/record/challenge_entry.hpp"
#include "core/record/claim.hpp"
#include "core/record/gain.hpp"
#include "core/record/gate.hpp"
#include "core/record/machine.hpp"
#include "core/record/milestone.hpp"
#include "core/record/record_kind.hpp"
#include "core/record/review.hpp"
#include "core/result/audit_result.hpp"
#include "core/result/decision.hpp"
#include "core/target.hpp"

namespace assay {

/// A dead end may be tried again, because something that its experiment took for granted has changed.
struct Reopening {
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  std::string ended_by;  ///< SHA-256 of the record that left nothing to try
  std::string assumption;
  std::string reason;
  friend bool operator==(const Reopening&, const Reopening&) = default;
};

/// A target asks for less, or for nothing, until a certain day.
struct Relaxation {
  std::string experiment;
  Target target;             ///< with the limit that will be in force again
  std::optional<double> to;  ///< the relaxed limit; std::nullopt: no limit at all
  std::string reason;
  std::string until;                  ///< "2026-03-01"
  std::string environment_name = {};  ///< the named class of machine that it holds for; empty: every one
  friend bool operator==(const Relaxation&, const Relaxation&) = default;
};

/// A relaxed target is in force again.
struct Restoration {
  std::string relaxation;  ///< SHA-256 of its record
  Target target;
  std::string reason;
  friend bool operator==(const Restoration&, const Restoration&) = default;
};

/// A question that people have to decide.
struct Question {
  std::string text;
  std::vector<std::string> options;
  std::string owner;
  std::string due;  ///< "2026-03-01"; empty if no day was set
  friend bool operator==(const Question&, const Question&) = default;
};

/// The answer to a question.
struct Answer {
  std::string question;  ///< SHA-256 of its record
  std::string text;      ///< text of the question
  std::string chosen;
  std::vector<std::string> evidence;  ///< SHA-256 of records
  std::string reason;
  friend bool operator==(const Answer&, const Answer&) = default;
};

/// An attempt runs its first block now. It counts as spent wherever neither its record nor its journal is at hand.
struct Opening {
  std::string hypothesis_sha256;
  std::string plan_sha256;
  Plan plan;
  Machine machine;
  std::vector<DifferingContent> contents;  ///< as in the audit of its record
  std::vector<std::string> programs;       ///< the same for programs
  friend bool operator==(const Opening&, const Opening&) = default;
};

/// An attempt that was opened ended before its first block did. It measured nothing and is not spent.
struct Closing {
  std::string opening;  ///< SHA-256 of its record
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  friend bool operator==(const Closing&, const Closing&) = default;
};

/// Somebody accepts what held a keep back, and says why.
struct Acceptance {
  std::string record;  ///< SHA-256 of the record of the attempt, which is kept from now on
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  DecisionReason finding = DecisionReason::near;  ///< what held it back
  std::string reason;
  friend bool operator==(const Acceptance&, const Acceptance&) = default;
};

using EntryContent = std::variant<Reopening, Relaxation, Restoration, Question, Answer, Claim, Withdrawal, Opening,
                                  Closing, Acceptance, ChallengeEntry, AllowedFinding, Baseline, Adoption, Reversion,
                                  Gain, MilestoneDone, Review, GateReport>;

/// A record of something that people decided, or of a baseline, in one chain with the records of attempts.
/// docs/formats/record.md describes its JSON.
struct Entry {
  int number = 0;  ///< for people; never renumbered
  std::string program_version;
  std::int64_t created_ns = 0;  ///< Unix time
  std::string actor;
  std::string git_identity = {};     ///< git's user.email then; empty if it is the actor, or unknown
  std::vector<std::string> parents;  ///< SHA-256 of all heads known at that time, in byte order
  EntryContent content;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// The kind of an entry with this content; never that of an attempt.
[[nodiscard]] RecordKind kind_of(const EntryContent& content);
/// "0008-reopening": the name of its file without ".json".
[[nodiscard]] std::string entry_name(const Entry& entry);
/// SHA-256 of the record of the relaxation, question, claim, opening, attempt, baseline or adoption that this entry
/// settles; empty if there is none.
[[nodiscard]] std::string settled_by_this(const EntryContent& content);

}  // namespace assay
