#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "experiments/definition/reading/json_selector.hpp"

namespace assay::trial {

/// The JSON that a trial reported.
struct ResultsDocument {
  nlohmann::json value;
  definition::JsonRoot root = definition::JsonRoot::value;
  std::set<std::string> repeated_keys = {};  ///< pointers of keys that occur twice in one object
  std::string passed_over = {};              ///< where the first nan, inf or 1e400 is, in words; empty if there is none
  std::string other_text = {};               ///< where the first text is that is no JSON; empty if there is none
};

/// Reads the JSON in a text: the whole text, or else the objects and lists that each start on a line of their own
/// between lines of other text, such as a log or JSON lines. Numbers that JSON does not have (nan, -inf, Infinity)
/// and those beyond a double (1e400) become texts: they matter only to who asks for them. \throws Error that says where
/// it stops being JSON: line, column and what is there.
[[nodiscard]] ResultsDocument read_results_document(std::string_view text);

/// The pointer of a key that occurs twice and that the value has or lies below; empty if there is none.
[[nodiscard]] std::string repeated_key_around(const ResultsDocument& document, const std::string& pointer);

}  // namespace assay::trial
