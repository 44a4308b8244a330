#pragma once

#include <optional>

#include "experiments/adversary/reports/reading/match.hpp"

namespace assay::adversary {

// Readers of what holds, or is to hold. Each says which groups its pattern has.

/// "100 % pass rate"; groups: a number. Of "2 % errors", what is left to 100 % is the rate.
[[nodiscard]] std::optional<Statement> read_rate(const Match& match);
/// "1 of 10 operations"; groups: two numbers.
[[nodiscard]] std::optional<Statement> read_count_rate(const Match& match);
/// "188 of 200 trials (94 %)"; groups: two numbers, and their percentage, which may be empty.
[[nodiscard]] std::optional<Statement> read_share_of_trials(const Match& match);
/// "failed 1/500", "passed 270 of 270", "failed 0 times in 1000 runs"; groups: the verb, and two numbers.
[[nodiscard]] std::optional<Statement> read_outcome_rate(const Match& match);
/// "ran it 1000 times, it failed 2 times"; groups: the runs, the verb, and how often.
[[nodiscard]] std::optional<Statement> read_runs_with_outcome(const Match& match);
/// "p(95)<1000" as load tests print their thresholds; groups: the comparison, and a number.
[[nodiscard]] std::optional<Statement> read_statistic_limit(const Match& match);
/// "no longer falls under 30 Hz", "never took longer than 130 ms"; groups: the comparison, and a value.
[[nodiscard]] std::optional<Statement> read_kept_limit(const Match& match);
/// "< 1000 us"; groups: the comparison, and a value.
[[nodiscard]] std::optional<Statement> read_limit(const Match& match);
/// "423/425 (99.5 %)", which needs no word for what is counted
[[nodiscard]] std::optional<Statement> read_stated_share(const Match& match);
/// "201 passed, 0 failed"
[[nodiscard]] std::optional<Statement> read_passed_and_failed(const Match& match);
/// "all 1,764 tests pass"
[[nodiscard]] std::optional<Statement> read_all_passed(const Match& match);
/// "1764/1764" of tests
[[nodiscard]] std::optional<Statement> read_full_count(const Match& match);
/// "sub-millisecond"
[[nodiscard]] std::optional<Statement> read_sub_unit(const Match& match);
/// "error rate < 1%"; groups: the comparison, and a number.
[[nodiscard]] std::optional<Statement> read_percent_limit(const Match& match);
/// "> 1000 RPS", "at most 3 round trips"; groups: the comparison, and a number.
[[nodiscard]] std::optional<Statement> read_count_limit(const Match& match);

}  // namespace assay::adversary
