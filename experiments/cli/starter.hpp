#pragma once

#include <string_view>

namespace assay::cli {

/// examples/starter/experiment.toml, as this program was built with it: what `assay init` writes.
[[nodiscard]] std::string_view starter_experiment();

}  // namespace assay::cli
