#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {

/// A test point: "ok 3 - opens the file # SKIP no disk".
struct TapResult {
  std::optional<int> number;
  std::string name;  ///< without durations and what stands behind a number sign; empty if there is none
  TestEnd end = TestEnd::passed;
  bool opens_parts = false;  ///< "{" at its end: its parts follow, up to a line "}"
};

/// Reads a test point from a line without its indent; std::nullopt for other lines.
[[nodiscard]] std::optional<TapResult> tap_result(std::string_view line);

/// The number of tests that a plan announces: 4 of "1..4"; std::nullopt for other lines.
[[nodiscard]] std::optional<int> tap_plan(std::string_view line);

/// The name of the test file that a driver announces, as `prove -v` does: "t/a.t" of "t/a.t .. ".
[[nodiscard]] std::optional<std::string> tap_heading(std::string_view line);

/// True for the line in which a driver or producer sums up failures: "Result: FAIL", "# fail 2".
[[nodiscard]] bool states_failures(std::string_view line);

/// The name of a test without the time that it took: "opens" for "opens (12ms)", "opens [0.2 s]" and "opens in 3ms".
[[nodiscard]] std::string_view without_duration(std::string_view name);

}  // namespace assay::trial
