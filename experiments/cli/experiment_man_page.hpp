#pragma once

#include <string>

namespace assay::cli {

/// assay-experiment.5, after its title: every key of an experiment file, from the descriptions that reading follows.
[[nodiscard]] std::string experiment_man_page_body();

}  // namespace assay::cli
