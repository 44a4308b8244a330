#pragma once

#include <string>
#include <vector>

#include "experiments/record/record_store.hpp"
#include "experiments/report/html/lab_figures.hpp"

namespace assay::record {

/// Collects, over the records of a lab, what is shown of all of them together.
class LabFigures {
 public:
  void add(const Record& record, const std::string& name);
  void add(const Entry& entry, const std::string& name);
  /// Histories of workloads, then claims beside what was measured again. HTML.
  [[nodiscard]] std::string html(report::PictureData& data) const;

 private:
  std::vector<report::History> histories_;  ///< in the order of their first records
  std::vector<report::GradedRatio> challenges_;
};

}  // namespace assay::record
