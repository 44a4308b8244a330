#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"

namespace assay::adversary {

/// What a sentence says about a measurable effect.
enum class StatementKind {
  ratio,       ///< "4-5x", "twice as fast"
  percent,     ///< "75 % less", "-30%"
  values,      ///< "from 324 s to 81 s"
  value,       ///< "down to 6 s": only what it is now
  difference,  ///< "3 s faster", "+502.4 us worse"
  limit,       ///< "< 1000 us"
  rate,        ///< "100 % pass rate", "1 of 10 operations"
};

/// Whether the change is said to be for the better.
enum class StatementSign { better, worse, unknown };

/// A number or a range with its unit: "4-5", "324 s".
struct Quantity {
  double low = 0;
  double high = 0;
  std::string unit = {};  ///< "s", "us", "MB": as options take it; "%"; empty: none, or one that options do not know
  friend bool operator==(const Quantity&, const Quantity&) = default;
};

/// A sentence that states a measurable effect.
struct Statement {
  StatementKind kind = StatementKind::ratio;
  StatementSign sign = StatementSign::unknown;
  int line = 1;
  Quantity amount = {};                 ///< of values: that after the change; of a rate: successes, 0 to 100 %
  std::optional<Quantity> before = {};  ///< only of values
  bool is_upper = true;                 ///< only of a limit: what is claimed is at most the amount
  bool is_signed = false;               ///< only of a percentage: it was written with + or -, which `amount` has
  bool is_approximate = false;          ///< "~90 %", "about 5x"
  std::string quote = {};               ///< the sentence, on one line
  std::size_t figure_at = 0;            ///< where in the quote the figure stands, in bytes
  int clause = 0;                       ///< which part of the sentence, between "; ", ", and" and their like
  std::string section = {};             ///< the heading above it
  std::string subject = {};             ///< what the text names as that which changes, in lower case; empty: nothing
  friend bool operator==(const Statement&, const Statement&) = default;
};

/// How many times better it is said to be, at least and at most: of a ratio, of values, and of a percentage of time.
/// std::nullopt if it says nothing of the kind, or states a loss.
[[nodiscard]] std::optional<Quantity> stated_ratio(const Statement& statement);

/// Of values: the ends of both ranges between which the change is least, and still one.
struct LeastChange {
  double before = 0;
  double after = 0;
};
[[nodiscard]] LeastChange least_change(const Quantity& before, const Quantity& after);

}  // namespace assay::adversary

template <>
struct assay::EnumNames<assay::adversary::StatementKind> {
  static constexpr std::array<std::string_view, 7> values = {"ratio",      "percent", "values", "value",
                                                             "difference", "limit",   "rate"};
};

template <>
struct assay::EnumNames<assay::adversary::StatementSign> {
  static constexpr std::array<std::string_view, 3> values = {"better", "worse", "unknown"};
};
