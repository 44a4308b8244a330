#pragma once

#include <optional>
#include <string_view>

#include "core/text/regular_expression.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

[[nodiscard]] bool holds(const RegularExpression& expression, std::string_view text);

/// Whether the text has a word of a change or of what is measured: "faster", "grew", "latency".
[[nodiscard]] bool has_effect_word(std::string_view text);
/// Whether the text has a word beside which "9:42" is a duration and no time of day.
[[nodiscard]] bool has_time_word(std::string_view text);
/// Whether the text names a quantity that is measured in percent: "error rate", "CPU usage".
[[nodiscard]] bool has_measured_noun(std::string_view text);

/// Whether more of what the text measures is better: true for throughput, false for time and memory. std::nullopt if it
/// names neither, or both.
[[nodiscard]] std::optional<bool> more_is_better(std::string_view text);

/// By the words for better and worse: unknown if there are none, or both.
[[nodiscard]] StatementSign sign_of_words(std::string_view sentence);
/// The same by the words that compare two values: "faster", "larger".
[[nodiscard]] StatementSign sign_of_comparison(std::string_view sentence);
/// By words that can only mean one of both, then by what is measured and where it goes, then by any words.
/// \param rises  std::nullopt: the words say where it goes \param context  what else names what is measured
[[nodiscard]] StatementSign sign_of_change(std::string_view sentence, std::optional<bool> rises,
                                           std::string_view context);
/// Less time and less memory are better; of other values, what the context names decides.
[[nodiscard]] StatementSign sign_of_values(const Quantity& before, const Quantity& after, std::string_view context);
/// The same, where one text names what is measured more closely than the others around it.
[[nodiscard]] StatementSign sign_of_measure(const Quantity& before, const Quantity& after, std::string_view measured,
                                            std::string_view context);

}  // namespace assay::adversary
