#pragma once

#include <optional>

#include "experiments/adversary/reports/reading/match.hpp"

namespace assay::adversary {

// Readers of what changed. Each says which groups its pattern has.

/// "from 324 s to 81 s"; groups: two values.
[[nodiscard]] std::optional<Statement> read_values(const Match& match);
/// "from 100 to 10 allocations"; groups: a number, the words behind it, and the same again.
[[nodiscard]] std::optional<Statement> read_counts(const Match& match);
/// "dropped from 3.3x to 3x"; groups: two ranges.
[[nodiscard]] std::optional<Statement> read_lost_ratio(const Match& match);
/// "0.7 s -> 0.6 s -> 0.5 s": the first and the last; groups: two values.
[[nodiscard]] std::optional<Statement> read_chain(const Match& match);
/// "2.1x became 2.6x"; groups: two ranges.
[[nodiscard]] std::optional<Statement> read_later_ratio(const Match& match);
/// "in a quarter of the time", "1/4 the memory"; groups: the divisor in digits or in words, and what is used.
[[nodiscard]] std::optional<Statement> read_part_of_cost(const Match& match);
/// "4-5x"; groups: a range.
[[nodiscard]] std::optional<Statement> read_ratio(const Match& match);
/// "three times faster"; groups: a number in words.
[[nodiscard]] std::optional<Statement> read_ratio_in_words(const Match& match);
/// "latency halved", "doubled the throughput"; groups: one each for halved, doubled, tripled and quadrupled.
[[nodiscard]] std::optional<Statement> read_multiple(const Match& match);
/// "by a quarter", "two thirds smaller"; groups: how many in words, and which part.
[[nodiscard]] std::optional<Statement> read_fraction(const Match& match);
/// "two orders of magnitude"
[[nodiscard]] std::optional<Statement> read_orders(const Match& match);
/// "saves $9,200"; groups: the amount with its sign of money.
[[nodiscard]] std::optional<Statement> read_money_difference(const Match& match);
/// "twice as fast", "half as fast"; groups: what is better, and what is worse.
[[nodiscard]] std::optional<Statement> read_word_ratio(const Match& match);
/// "-30%"; groups: + or -, and a range.
[[nodiscard]] std::optional<Statement> read_percent(const Match& match);
/// "[-31.2% -30.9% -30.5%]", as criterion prints it; groups: three signed numbers. Its end with the least change
/// counts, and none if it has both signs.
[[nodiscard]] std::optional<Statement> read_percent_interval(const Match& match);
/// "3 s faster"; groups: a value.
[[nodiscard]] std::optional<Statement> read_difference(const Match& match);
/// "260K less allocations"; groups: a number.
[[nodiscard]] std::optional<Statement> read_count_difference(const Match& match);
/// "down to 6 s"; groups: a value.
[[nodiscard]] std::optional<Statement> read_value(const Match& match);
/// "now takes 2 to 3 s"; groups: the first number of a range in words, and a value.
[[nodiscard]] std::optional<Statement> read_present_value(const Match& match);

}  // namespace assay::adversary
