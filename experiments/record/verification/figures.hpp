#pragma once

#include <optional>
#include <string>

#include "core/record/record.hpp"

namespace assay::record {

/// Where two figures of one record contradict each other, though its result follows from its blocks: the value of a
/// built-in metric is not that of the trial's own usage, its phases do not add up to its wall time, a block began long
/// before the one that ended before it, or the record is older than its blocks or far younger. std::nullopt: nowhere.
/// Clocks are set now and then, so a day is forgiven; between two blocks of one session, or the last block and the
/// record, a month.
[[nodiscard]] std::optional<std::string> contradiction_in(const Record& record);

/// What is odd but no contradiction: no trial of an arm used CPU time. std::nullopt: nothing.
[[nodiscard]] std::optional<std::string> oddity_in(const Record& record);

}  // namespace assay::record
