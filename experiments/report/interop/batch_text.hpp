#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "experiments/interop/pair_folder.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::report {

/// A line for each file, however long: its name, and its sentence or its error.
[[nodiscard]] std::string batch_text(const std::vector<interop::JudgedFile>& files, const TextStyle& style);
/// One array: a result object for each file, with its name, or the name and an error.
[[nodiscard]] nlohmann::json batch_json(const std::vector<interop::JudgedFile>& files);

}  // namespace assay::report
