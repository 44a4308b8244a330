#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/interop/imports/sample_comparison.hpp"

namespace assay::report {

/// Files of another tool that were compared.
struct SampleReport {
  std::string_view format;          ///< the name of the control's format
  interop::MatchedSamples matched;  ///< what was compared, and what had no partner
  std::vector<interop::SampleComparison> comparisons;
  std::vector<std::string> notes;  ///< of the files
};

/// One comparison in full, or a line for each of several. \param time_unit  as in TextStyle.
[[nodiscard]] std::string sample_text(const SampleReport& report, std::string_view time_unit);
[[nodiscard]] nlohmann::json sample_json(const SampleReport& report);

}  // namespace assay::report
