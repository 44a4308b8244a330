#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {

/// The lines of one test at the top of a document, with those of its parts.
struct TapLines {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t document = 0;  ///< index into `TapReport::plan_lines`
};

/// What a stream of TAP documents holds.
struct TapReport {
  TestInventory inventory;
  std::vector<std::size_t> plan_lines;  ///< one for each document, by line from 0
  std::vector<TapLines> passed;         ///< the tests at the top of a document that passed
};

/// Reads the Test Anything Protocol, versions 12 to 14: one document or, as drivers such as `prove -v` write them,
/// several in one stream. A test may have parts in either form: indented before it, or in braces after it.
/// \throws Error for a document that is cut short or gives up, and if a driver states failures that are not listed.
[[nodiscard]] TapReport read_tap(std::string_view text);

}  // namespace assay::trial
