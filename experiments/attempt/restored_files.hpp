#pragma once

#include <string>

#include "core/host/files/file_swap.hpp"
#include "core/variable.hpp"
#include "experiments/attempt/experiment.hpp"

namespace assay::attempt {

/// If the variable is a file and a killed attempt left another content in it, puts the original back and reports it.
/// \param folder  absolute: the experiment's
void restore_swapped_file(const Variable& variable, const std::string& folder, Observer& observer);

[[nodiscard]] RestoredFile restored_file(const host::Restoration& restoration);

/// "conf was edited while it held another content: the edit is kept as conf.edited-during-assay; the original is back".
[[nodiscard]] std::string describe(const RestoredFile& file);

}  // namespace assay::attempt
