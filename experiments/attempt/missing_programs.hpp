#pragma once

#include <string>
#include <vector>

#include "experiments/definition/definition.hpp"

namespace assay::attempt {

/// The programs of trials that are not there now, a sentence each. What a build, a hook or another PATH may still bring
/// is not looked for. Starts nothing.
/// \param folder  absolute: that of the experiment file
[[nodiscard]] std::vector<std::string> missing_programs(const definition::Definition& definition,
                                                        const std::string& folder);

}  // namespace assay::attempt
