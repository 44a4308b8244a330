#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/target.hpp"

namespace assay {

/// A dead end may be tried again, since something that its experiment took for granted has changed.
struct Reopening {
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  std::string ended_by;  ///< SHA-256 of the record after which nothing was left to try
  std::string assumption;
  std::string reason;
  friend bool operator==(const Reopening&, const Reopening&) = default;
};

/// A target asks for less, or for nothing, until a day.
struct Relaxation {
  std::string experiment;
  Target target;             ///< with the limit that is to come back
  std::optional<double> to;  ///< nothing: dropped
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

/// Something that people have to decide.
struct Question {
  std::string text;
  std::vector<std::string> options;
  std::string owner;
  std::string due;  ///< "2026-03-01"; empty: no day was set
  friend bool operator==(const Question&, const Question&) = default;
};

/// What they decided.
struct Answer {
  std::string question;  ///< SHA-256 of its record
  std::string text;      ///< of the question
  std::string chosen;
  std::vector<std::string> evidence;  ///< SHA-256 of records
  std::string reason;
  friend bool operator==(const Answer&, const Answer&) = default;
};

using EntryContent = std::variant<Reopening, Relaxation, Restoration, Question, Answer>;

/// A record of something that people decided, in one chain with the records of attempts. docs/formats/record.md gives
/// its JSON.
struct Entry {
  int number = 0;  ///< for people; never renumbered
  std::string program_version;
  std::int64_t created_ns = 0;  ///< Unix time
  std::string actor;
  std::vector<std::string> parents;  ///< SHA-256 of all heads known then, in byte order
  EntryContent content;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// "reopening", "relaxation", "restoration", "question", "answer".
[[nodiscard]] std::string_view kind_of(const EntryContent& content);
/// "0008-reopening": what its file is called, less ".json".
[[nodiscard]] std::string entry_name(const Entry& entry);
/// SHA-256 of the record of a relaxation or question that this one settles; empty: none.
[[nodiscard]] std::string settled_by_this(const EntryContent& content);

}  // namespace assay
