#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/regular_expression.hpp"
#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/quantities.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// A place of a passage that a pattern matched, with its groups.
struct Match {
  const Passage& passage;
  std::size_t offset = 0;
  std::vector<std::string_view> groups;
  std::string sentence;
  bool is_beside_another = false;  ///< the sentence states something else already
};

/// Reads a match; std::nullopt if it states no effect after all.
using MatchReader = std::function<std::optional<Statement>(const Match&)>;
struct Pattern {
  RegularExpression expression;
  MatchReader read;
};

/// The groups of a value's pattern, of which the first is this one.
[[nodiscard]] ValueGroups value_groups(const Match& match, std::size_t first);
/// The value without its unit if that goes on behind the match: "7 MB/s" is no size.
[[nodiscard]] Quantity as_rate(const Match& match, Quantity value);
/// Whether it stands in a table or a code block.
[[nodiscard]] bool is_tabular(const Match& match);

/// What stands before the match, as far as it can be about it, and all behind it.
[[nodiscard]] std::string_view ahead(const Match& match);
[[nodiscard]] std::string_view behind(const Match& match);
/// Whether the match begins within a word or a number.
[[nodiscard]] bool begins_within_word(const Match& match);
/// Whether this letter goes on with a word or a number.
[[nodiscard]] bool is_part_of_word(char letter);

/// What else says what the figure measures: of a row the header of its table.
[[nodiscard]] std::string context(const Match& match);
/// Which part of its sentence the match stands in: parts are about different things.
[[nodiscard]] int clause_number(const Match& match);
/// "~90 %", "about 5x", "roughly from 10 s to 5 s"
[[nodiscard]] bool is_approximate(const Match& match);
/// Whether the figure is the threshold of an alarm, which says what would be told and not what is.
[[nodiscard]] bool is_alarm_threshold(const Match& match);

/// Whether the figure says how exact another one is: "+/- 9.9 %".
[[nodiscard]] bool is_error(const Match& match);

}  // namespace assay::adversary
