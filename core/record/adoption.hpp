#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// What shows that a revision holds a change, or holds it no more.
enum class ChangeProof {
  patch,   ///< the difference between the arms' sources applies to the revision in reverse; once reverted, forward
  file,    ///< the file is that of treatment; once reverted, it is another one
  level,   ///< a file of the revision says treatment's level; once reverted, it does not
  person,  ///< nothing: a person says so, and why
};

/// A change that an experiment kept, in a revision.
struct ChangeInRevision {
  std::string record;  ///< SHA-256 of the record of the attempt
  std::string experiment;
  std::string hypothesis_sha256;
  std::string environment_name;
  std::string change;  ///< in one line: "env READY_MODE: sleep -> poll"
  std::string commit;
  ChangeProof proof = ChangeProof::patch;
  std::string file;    ///< in which the change was looked for, from the repository's top; empty for a patch
  std::string reason;  ///< in a person's words; empty if none was given
  friend bool operator==(const ChangeInRevision&, const ChangeInRevision&) = default;
};

/// The revision holds the change.
struct Adoption {
  ChangeInRevision of;
  friend bool operator==(const Adoption&, const Adoption&) = default;
};

/// The revision holds the change no more.
struct Reversion {
  ChangeInRevision of;
  std::string adoption;  ///< SHA-256 of the record of the adoption that it undoes; empty if there was none
  friend bool operator==(const Reversion&, const Reversion&) = default;
};

template <>
struct EnumNames<ChangeProof> {
  static constexpr std::array<std::string_view, 4> values = {"patch", "file", "level", "person"};
};

}  // namespace assay
