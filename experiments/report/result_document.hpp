#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/plan.hpp"
#include "core/record/record.hpp"
#include "core/result/result.hpp"

namespace assay::report {

/// What is known of an attempt besides its plan and its result.
struct AttemptHeading {
  std::string command;      ///< "run"
  std::string record_name;  ///< "0007-readiness-poll"; empty if nothing was recorded
  std::string record_sha256;
  std::string plan_sha256;
  std::string actor;
};
[[nodiscard]] AttemptHeading heading_of(std::string_view command, const Record& record, std::string_view record_sha256);

/// The object that --json prints: docs/formats/result.schema.json.
[[nodiscard]] nlohmann::json result_object(const AttemptHeading& heading, const Plan& plan,
                                           const AttemptResult& result);

}  // namespace assay::report
