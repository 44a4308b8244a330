#include "core/budget.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace assay {
namespace {

template <class Amount>
std::optional<Amount> smaller(const std::optional<Amount>& one, const std::optional<Amount>& other) {
  if (!one || !other) return one ? one : other;
  return std::min(*one, *other);
}

std::optional<double> real_bytes(const std::optional<Bytes>& bytes) {
  return bytes ? std::optional(static_cast<double>(bytes->count)) : std::nullopt;
}

}  // namespace

bool is_empty(const Budget& budget) {
  return budget == Budget{};
}

std::optional<double> limit_of(const Budget& budget, BudgetPart part) {
  switch (part) {
    case BudgetPart::memory:
      return real_bytes(budget.memory);
    case BudgetPart::disk:
      return real_bytes(budget.disk);
    case BudgetPart::cpus:
      return budget.cpus;
  }
  return std::nullopt;
}

Budget tightest(const Budget& one, const Budget& other) {
  return {.memory = smaller(one.memory, other.memory),
          .disk = smaller(one.disk, other.disk),
          .cpus = smaller(one.cpus, other.cpus)};
}

std::string format_part(BudgetPart part, double amount) {
  if (part != BudgetPart::cpus) return format_bytes(amount);
  return amount == 1 ? "1 CPU" : fmt::format("{:.3g} CPUs", amount);
}

std::string_view metric_of(BudgetPart part) {
  switch (part) {
    case BudgetPart::memory:
      return "memory_peak";
    case BudgetPart::disk:
      return "disk_growth";
    case BudgetPart::cpus:
      return "cpu_utilisation";
  }
  return "";
}

}  // namespace assay
