#pragma once

#include <cstdint>
#include <initializer_list>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {

/// The name of an element in lower case, without its namespace: "failure" for <x:Failure>.
[[nodiscard]] std::string junit_kind(const pugi::xml_node& node);

[[nodiscard]] bool is_junit_word(std::string_view word, std::initializer_list<std::string_view> words);

/// How the attributes of a test or suite say that it ended, in any spelling: status="fail", success="false",
/// executed="false", outcome="failed". A word of `status`, `result` or `outcome` that nobody knows is no pass.
[[nodiscard]] TestEnd end_in_attributes(const pugi::xml_node& node);

/// Whether an element says that something failed, wherever it lies below the node and whatever the tool calls it:
/// <failure>, <rerunError>, <timeout>, a nested test with status="failed". What lies in <flakyFailure> or <flakyError>
/// is about a try after which the test passed.
[[nodiscard]] bool holds_failure(const pugi::xml_node& node);

/// The same, also if the node itself says so.
[[nodiscard]] bool is_or_holds_failure(const pugi::xml_node& node);

/// Whether an element below says that the test was skipped.
[[nodiscard]] bool holds_skip(const pugi::xml_node& node);

/// The totals that a suite states in its attributes, in any spelling; 0 where it states none.
struct StatedTotals {
  std::int64_t tests = 0;
  std::int64_t failed = 0;  ///< failures and errors
  std::int64_t skipped = 0;
};

/// \throws Error for a total that is no number.
[[nodiscard]] StatedTotals stated_totals(const pugi::xml_node& suite);

/// The largest of the attributes that have this name in lower case; 0 if there is none. \throws Error if it is no
/// count.
[[nodiscard]] std::int64_t junit_count(const pugi::xml_node& node, std::string_view name);

}  // namespace assay::trial
