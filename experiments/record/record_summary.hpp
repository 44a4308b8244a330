#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/enum_names.hpp"
#include "core/error.hpp"
#include "core/record/machine.hpp"
#include "core/record/record_kind.hpp"
#include "core/requirement_change.hpp"
#include "core/result/audit_result.hpp"
#include "core/result/decision.hpp"
#include "core/result/grade.hpp"
#include "core/result/verdict.hpp"
#include "core/target.hpp"
#include "experiments/formats/plan/question_outline.hpp"
#include "experiments/record/lab.hpp"

namespace assay::record {

/// A machine, so far as another record of it is to be recognised.
struct MachineIdentity {
  std::string boot_id;      ///< the same in all containers of a host, until it starts anew
  std::string description;  ///< its name, processor and memory
  friend bool operator==(const MachineIdentity&, const MachineIdentity&) = default;
};
[[nodiscard]] MachineIdentity identity_of(const Machine& machine);

/// The main facts of a record, without its samples.
struct RecordSummary {
  std::string name;  ///< "0007-readiness-poll": of its file, without ".json"
  RecordKind kind = RecordKind::attempt;
  std::string sha256;
  std::string plan_sha256;
  std::string hypothesis_sha256;  ///< of `hypothesis_json`: the same for every attempt, whatever its name
  int attempt = 1;
  int attempts = 0;  ///< how many its plan allows
  double alpha = 0;  ///< of its plan, over all attempts
  bool exploratory = false;
  bool simulated = false;  ///< its trials were drawn, not run: it says nothing about any machine
  int number = 0;
  std::string experiment;
  std::string hypothesis;                  ///< for an entry, its one-line summary
  std::optional<Verdict> verdict;          ///< of an attempt
  std::optional<Decision> decision;        ///< of an attempt
  std::optional<DecisionReason> reason;    ///< of an attempt's decision
  std::optional<Grade> grade;              ///< of the samples of a challenge, which decide nothing
  bool no_better_level = false;            ///< an attempt whose first level won; records of 0.1.0 do not tell it apart
  std::vector<Target> targets;             ///< that the attempt's plan states
  std::string settles;                     ///< SHA-256 of the relaxation or question that this entry settles
  std::string reopens;                     ///< SHA-256 of the record whose dead end a reopening lifts
  std::string about;                       ///< SHA-256 of the attempt whose change was adopted or reverted, or which
                                           ///< measured a gain; of the baseline that was reviewed
  std::vector<std::string> parts;          ///< of a gain: SHA-256 of the attempts whose changes it measured together
  std::vector<RequirementChange> changes;  ///< of the attempt's plan: what earlier attempts asked for otherwise
  std::vector<formats::QuestionOutline> questions;  ///< of the plan of an attempt or an opening
  std::vector<DifferingContent> contents;           ///< that its arms ran or read
  std::vector<std::string> programs;                ///< digests of what its arms ran
  MachineIdentity machine;
  std::vector<std::string> near;  ///< names of the records that the attempt was near to
  std::int64_t created_ns = 0;
  std::string actor;
  std::string git_identity;  ///< git's user.email then; empty if it is the actor, or unknown
  std::string environment_name;
  std::vector<std::string> parents;
  friend bool operator==(const RecordSummary&, const RecordSummary&) = default;
};

/// The names that whoever made the record acted under: the actor, and git's identity if that is another one.
[[nodiscard]] std::vector<std::string> names_of_maker(const RecordSummary& summary);

/// The order of the chain, in which records are listed, rendered and verified. Merged labs have records with equal
/// numbers; `left` comes first if it was made earlier then.
[[nodiscard]] bool comes_before(const RecordSummary& left, const RecordSummary& right);

/// Whether the record is that of an attempt, not of something that people decided.
[[nodiscard]] bool is_attempt(const RecordSummary& summary);

/// What the attempt's decision was; std::nullopt if it took none, since it measured a claim again, or if it is no
/// attempt.
[[nodiscard]] std::optional<Decision> recorded_decision(const RecordSummary& summary);

/// The written name of a word of a record; empty if the record has none.
template <NamedEnum Word>
[[nodiscard]] std::string_view name_or_empty(const std::optional<Word>& word) {
  return word ? to_string(*word) : std::string_view();
}

/// What an attempt came to, in words: its verdict, or "no better level found". Empty for an entry.
[[nodiscard]] std::string_view verdict_words(const RecordSummary& summary);
/// What the decision rests on: its reason, or "no better level found". Empty for an entry.
[[nodiscard]] std::string_view decision_reason_words(const RecordSummary& summary);
/// "regressed -> discard (worse)", or "no better level found -> discard".
[[nodiscard]] std::string ruling_words(const RecordSummary& summary);

/// Whether the record only says that an attempt began, or that it ended before its first block. Lists and documents
/// pass it over.
[[nodiscard]] bool is_bookkeeping(const RecordSummary& summary);

/// The summary of a record, read from its file without the blocks. `name` is the file's name without ".json".
/// \throws Error with `name` if the text is not a record, or is the record of another name.
[[nodiscard]] RecordSummary summarise(std::string_view record_text, const std::string& name);

/// What `summarise` returns for each of these files, or why it throws. The files are read on all cores.
using SummaryOrError = std::variant<RecordSummary, Error>;
[[nodiscard]] std::vector<SummaryOrError> summarise_files(const Lab& lab, const std::vector<std::string>& names);

/// The name of a record's file if git merged two records of one name: "0007-readiness-poll.3fa2c1d0".
[[nodiscard]] std::string name_with_hash(std::string_view name, std::string_view sha256);
/// Whether git put several records into one file, a line each, as `merge=union` does, or between conflict marks.
[[nodiscard]] bool holds_several_records(std::string_view text);

}  // namespace assay::record
