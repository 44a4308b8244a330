#pragma once

#include <span>
#include <string_view>

#include "core/result/decision.hpp"

namespace assay {

/// Something that holds back a keep. docs/methods/what-keep-means.md is this table; a rule that holds back a keep in a
/// new way adds a row.
struct KeepReason {
  DecisionReason code;            ///< `reason` in JSON
  std::string_view cause;         ///< what was found
  std::string_view false_alarms;  ///< how often it holds back the keep of an honest improvement
  std::string_view way_out;       ///< what the user does
};

/// One row for each reason that is not a keep, in the order of the enumeration.
[[nodiscard]] std::span<const KeepReason> keep_reasons();

}  // namespace assay
