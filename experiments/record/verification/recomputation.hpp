#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/record/record.hpp"
#include "core/result/result.hpp"

namespace assay::record {

/// The result that follows from a record's plan and blocks. Its audit is taken as recorded, and so is whether time was
/// up or a person closed the attempt.
[[nodiscard]] AttemptResult recomputed_result(const Record& record);

/// What a record shows by itself.
struct Findings {
  std::optional<std::string> flaw;    ///< what is wrong
  std::optional<std::string> oddity;  ///< what a reader should know, though it is possible
};

/// What is wrong with a record by itself: its text is not canonical, its plan is not the one that was hashed, a block
/// did not run in the order that the seed gives, its result does not follow from its blocks, or its figures contradict
/// each other.
[[nodiscard]] Findings findings_in(std::string_view record_text);
/// Only the flaw. std::nullopt: nothing is wrong.
[[nodiscard]] std::optional<std::string> flaw_in(std::string_view record_text);

}  // namespace assay::record
