#pragma once

#include <optional>
#include <string>

#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// "before: 5m 36s" and, within a few passages, "now: 1m 31s".
class LabelledPairs {
 public:
  /// \param section  the heading above the passage
  [[nodiscard]] std::optional<Statement> take(const Passage& passage, const std::string& section);

 private:
  std::optional<Quantity> before_;
  int age_ = 0;
};

}  // namespace assay::adversary
