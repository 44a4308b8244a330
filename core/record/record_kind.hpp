#pragma once

#include <array>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay {

/// What a record in a lab is about: the evidence of an attempt, or one of the contents of an entry (entry.hpp).
enum class RecordKind {
  attempt,
  reopening,
  relaxation,
  restoration,
  question,
  answer,
  claim,
  withdrawal,
  opening,
  closing,
  acceptance,
  challenge,
  allowance,
  baseline,
  adoption,
  reversion,
  gain,
  milestone,
  review,
  gate,
};

template <>
struct EnumNames<RecordKind> {
  static constexpr std::array<std::string_view, 20> values = {
      "attempt",    "reopening", "relaxation", "restoration", "question",  "answer",    "claim",
      "withdrawal", "opening",   "closing",    "acceptance",  "challenge", "allowance", "baseline",
      "adoption",   "reversion", "gain",       "milestone",   "review",    "gate"};
};

}  // namespace assay
