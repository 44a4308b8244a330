#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/record/status/lab_status.hpp"

namespace assay::record {

/// The object that `assay status --json` prints.
[[nodiscard]] nlohmann::json status_json(const LabStatus& status);
/// What `assay status` prints for people.
[[nodiscard]] std::string status_text(const LabStatus& status);

}  // namespace assay::record
