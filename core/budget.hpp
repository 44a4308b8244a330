#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/enum_names.hpp"
#include "core/units.hpp"

namespace assay {

/// The most that one trial may take of its node (docs/methods/budgets.md). An empty part is not limited.
struct Budget {
  std::optional<Bytes> memory = {};  ///< peak of the whole process tree
  std::optional<Bytes> disk = {};    ///< peak growth of the file systems
  std::optional<double> cpus = {};   ///< CPU time per wall time
  friend bool operator==(const Budget&, const Budget&) = default;
};

/// The parts of a budget, in the order in which people see them.
enum class BudgetPart { memory, disk, cpus };
inline constexpr std::array kBudgetParts = {BudgetPart::memory, BudgetPart::disk, BudgetPart::cpus};

[[nodiscard]] bool is_empty(const Budget& budget);
/// The limit of one part, in bytes or CPUs.
[[nodiscard]] std::optional<double> limit_of(const Budget& budget, BudgetPart part);
/// The smaller limit of each part.
[[nodiscard]] Budget tightest(const Budget& one, const Budget& other);
/// "1.07 GB", "2 CPUs"
[[nodiscard]] std::string format_part(BudgetPart part, double amount);
/// The built-in metric that the part is compared with: "memory_peak".
[[nodiscard]] std::string_view metric_of(BudgetPart part);

template <>
struct EnumNames<BudgetPart> {
  static constexpr std::array<std::string_view, 3> values = {"memory", "disk", "cpus"};
};

}  // namespace assay
