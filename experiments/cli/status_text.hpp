#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/record/history/lab_status.hpp"

namespace assay::cli {

/// The object that `assay status --json` prints.
[[nodiscard]] nlohmann::json status_json(const record::LabStatus& status);
/// What `assay status` prints for people.
[[nodiscard]] std::string status_text(const record::LabStatus& status);

}  // namespace assay::cli
