#pragma once

#include <string>
#include <string_view>

#include "core/plan.hpp"

namespace assay::formats {

/// A path as it is least spelt out, "data/y", and relative to a folder if it lies below it; "." is empty.
[[nodiscard]] std::string plain_path_below(const std::string& folder, std::string_view path);

/// The program of a command. What is looked up on the PATH stays as it is; a path is one from the folder in which it is
/// started, "./work", if it lies below the experiment's.
[[nodiscard]] std::string program_of(const std::string& program, const Workload& workload, const Plan& plan);

}  // namespace assay::formats
