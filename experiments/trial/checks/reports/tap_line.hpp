#pragma once

#include <cstdint>
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

/// What a line of a driver or producer sums up.
struct TapSum {
  enum class Counts { tests, tests_of_all, passed, failed, others };
  Counts counts = Counts::tests;
  std::int64_t number = 0;
};

/// Reads "# tests 3", "# pass 2", "# fail: 1", "# failed 1 of 3 tests", "Files=1, Tests=3, ..."; others are skipped,
/// todo and the like. std::nullopt for other lines.
[[nodiscard]] std::optional<TapSum> tap_sum(std::string_view line);

/// True for a line in which a driver or producer says that something failed, whatever it counts: "Result: FAIL",
/// "# Looks like your test exited with 1", "Dubious, test returned 1", "Failed 1/3 subtests".
[[nodiscard]] bool states_trouble(std::string_view line);

/// True for "Bail out!", in any case.
[[nodiscard]] bool is_bail_out(std::string_view line);

/// The name of a test without the time that it took: "opens" for "opens (12ms)", "opens [0.2 s]" and "opens in 3ms".
[[nodiscard]] std::string_view without_duration(std::string_view name);

}  // namespace assay::trial
