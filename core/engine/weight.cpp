#include "core/engine/weight.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <system_error>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay {
namespace {

double cpus_in(const Workload& workload, const std::string& text) {
  double cpus = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), cpus);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  if (is_number && std::isfinite(cpus) && cpus > 0) return cpus;
  throw Error(fmt::format("workload {}: a weight of \"{}\" CPUs: expected a number above 0", workload.name, text));
}

}  // namespace

WorkloadWeight weight_of(const Workload& workload) {
  WorkloadWeight weight;
  if (!workload.limits.cpus.empty()) weight.cpus = static_cast<double>(workload.limits.cpus.size());
  if (const auto stated = workload.weight.find("cpu"); stated != workload.weight.end()) {
    weight.cpus = cpus_in(workload, stated->second);
  }
  if (const auto stated = workload.weight.find("memory"); stated != workload.weight.end()) {
    weight.memory = parse_bytes(stated->second);
  }
  return weight;
}

WorkloadWeight together(const WorkloadWeight& one, const WorkloadWeight& other) {
  WorkloadWeight sum{.cpus = one.cpus + other.cpus, .memory = one.memory ? one.memory : other.memory};
  if (one.memory && other.memory) {
    const std::int64_t room = std::numeric_limits<std::int64_t>::max() - one.memory->count;
    sum.memory = Bytes{one.memory->count + std::min(room, other.memory->count)};
  }
  return sum;
}

WorkloadWeight weight_of(const Plan& plan, const std::vector<std::size_t>& cells) {
  const std::vector<Cell> all = assay::cells(plan);
  WorkloadWeight sum{.cpus = 0};
  for (const std::size_t cell : cells) {
    sum = together(sum, weight_of(workload_of(plan, all.at(cell))));
  }
  return sum;
}

bool are_bound(const Plan& plan, const std::vector<std::size_t>& group) {
  const std::vector<Cell> all = cells(plan);
  return std::all_of(group.begin(), group.end(), [&](std::size_t cell) {
    const double cpus = weight_of(workload_of(plan, all.at(cell))).cpus;
    return std::floor(cpus) == cpus;
  });
}

void measure_alone(Plan& plan) {
  plan.protocol.side_by_side = false;
  plan.groups.clear();
}

std::vector<std::size_t> group_of(const Plan& plan, std::size_t cell) {
  for (const std::vector<std::size_t>& group : plan.groups) {
    if (std::find(group.begin(), group.end(), cell) != group.end()) return group;
  }
  return {cell};
}

std::vector<std::size_t> cells_beside(const Plan& plan, std::size_t cell) {
  if (plan.groups.empty()) return {};
  std::vector<std::size_t> others = group_of(plan, cell);
  std::erase(others, cell);
  return others;
}

std::vector<std::vector<std::size_t>> groups_of(const Plan& plan) {
  if (!plan.groups.empty()) return plan.groups;
  std::vector<std::vector<std::size_t>> alone;
  for (std::size_t cell = 0; cell < cells(plan).size(); ++cell) alone.push_back({cell});
  return alone;
}

}  // namespace assay
