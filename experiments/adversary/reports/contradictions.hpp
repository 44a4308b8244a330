#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// How parts of a document do not fit together.
enum class ContradictionKind {
  several_ratios,    ///< "3-4x", "4-5x" and "4.0x", apparently of one change
  wrong_arithmetic,  ///< a figure does not follow from those beside it: parts and their sum, values and their ratio
  not_done,          ///< "achieved" beside "to be measured after deployment"
  not_ready,         ///< "production-ready" beside a rate of success of 10 %
  single_run,        ///< one run on each side
};

/// Parts of a document that somebody has to read side by side.
struct Contradiction {
  ContradictionKind kind = ContradictionKind::several_ratios;
  std::vector<int> lines;
  std::string what;  ///< in numbers, units and words of the program's own
  friend bool operator==(const Contradiction&, const Contradiction&) = default;
};

/// \param statements  those of the passages
[[nodiscard]] std::vector<Contradiction> contradictions_in(const std::vector<Passage>& passages,
                                                           const std::vector<Statement>& statements);

}  // namespace assay::adversary

template <>
struct assay::EnumNames<assay::adversary::ContradictionKind> {
  static constexpr std::array<std::string_view, 5> values = {"several-ratios", "wrong-arithmetic", "not-done",
                                                             "not-ready", "single-run"};
};
