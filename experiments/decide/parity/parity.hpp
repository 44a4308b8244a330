#pragma once

#include <span>
#include <string>

#include "core/record/record.hpp"
#include "core/result/parity.hpp"

namespace assay::decide {

/// The record of one environment.
struct ParityRecord {
  std::string name;  ///< of the record
  const Record& record;
};

/// The same question in several environments, cell by cell and treatment by treatment: what each environment's record
/// says, and whether the environments differ. The records are of one hypothesis, and of one environment each.
[[nodiscard]] Parity parity_of(std::span<const ParityRecord> records);

}  // namespace assay::decide
