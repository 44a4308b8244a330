#pragma once

#include <string_view>

#include "experiments/report/html/page.hpp"

namespace assay::record {

/// The script of all pages: Vega, pictures and search.
[[nodiscard]] std::string_view page_script();

/// Style and script for a page that holds both itself.
[[nodiscard]] const report::PageAssets& inline_assets();

}  // namespace assay::record
