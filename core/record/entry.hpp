#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/record/claim.hpp"
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
  std::string until;  ///< "2026-03-01"
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

using EntryContent = std::variant<Reopening, Relaxation, Restoration, Question, Answer, Claim, Withdrawal>;

/// A record of something that people decided, in one chain with the records of attempts. docs/formats/record.md
/// describes its JSON.
struct Entry {
  int number = 0;  ///< for people; never renumbered
  std::string program_version;
  std::int64_t created_ns = 0;  ///< Unix time
  std::string actor;
  std::vector<std::string> parents;  ///< SHA-256 of all heads known at that time, in byte order
  EntryContent content;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// "reopening", "relaxation", "restoration", "question", "answer", "claim", "withdrawal".
[[nodiscard]] std::string_view kind_of(const EntryContent& content);
/// "0008-reopening": the name of its file without ".json".
[[nodiscard]] std::string entry_name(const Entry& entry);
/// SHA-256 of the record of the relaxation, question or claim that this entry settles; empty if there is none.
[[nodiscard]] std::string settled_by_this(const EntryContent& content);

}  // namespace assay
