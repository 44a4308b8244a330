#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// Rows and lines of one name that are marked with their side: "route (before)" and "route (after)", "old/parse" and
/// "new/parse", or only "before" and "after" in front of the figures.
class MarkedRows {
 public:
  [[nodiscard]] std::vector<Statement> take(const Passage& passage);

 private:
  struct Row {
    std::vector<std::string> figures;
    bool is_old = false;
    int line = 0;
  };

  [[nodiscard]] std::vector<Statement> take_line(const Passage& passage, std::size_t offset, const std::string& raw);

  std::map<std::string, Row> rows_;
};

}  // namespace assay::adversary
