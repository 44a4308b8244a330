#include "experiments/decide/baseline/phase_spending.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "experiments/decide/baseline/baseline_samples.hpp"

namespace assay::decide {
namespace {

/// One value for each trial; empty if some trial does not report it.
struct Shares {
  std::vector<double> cpu;
  std::vector<double> io;
  std::vector<double> memory;
  std::vector<double> waiting;
};

double share_of(nanoseconds part, const PhaseUse& use) {
  return seconds_of(part) / seconds_of(use.open);
}

Shares shares_of(const std::vector<const PhaseUse*>& uses) {
  Shares shares;
  for (const PhaseUse* const use : uses) {
    shares.cpu.push_back(share_of(use->cpu, *use));
    if (use->io) shares.io.push_back(share_of(*use->io, *use));
    if (use->memory) shares.memory.push_back(share_of(*use->memory, *use));
    if (!use->io || !use->memory) continue;
    const double told = share_of(use->cpu + *use->io + *use->memory, *use);
    shares.waiting.push_back(std::max(0.0, 1 - told));
  }
  return shares;
}

std::optional<MedianFigure> figure_of(std::vector<double> shares, std::size_t trials) {
  if (shares.size() != trials) return std::nullopt;
  std::sort(shares.begin(), shares.end());
  return median_figure(shares);
}

std::optional<PhaseBound> bound_of(const PhaseSpending& spending) {
  if (!spending.cpu.interval) return std::nullopt;
  std::optional<PhaseBound> bound;
  double largest = 0;
  const auto consider = [&](PhaseBound kind, const std::optional<MedianFigure>& share) {
    if (!share || share->interval->low < kBindingShare || share->median <= largest) return;
    bound = kind;
    largest = share->median;
  };
  consider(PhaseBound::cpu, spending.cpu);
  consider(PhaseBound::io, spending.io);
  consider(PhaseBound::memory, spending.memory);
  consider(PhaseBound::waiting, spending.waiting);
  // What is not reported may be what binds it.
  if (!bound && spending.waiting) bound = PhaseBound::mixed;
  return bound;
}

}  // namespace

std::optional<PhaseSpending> phase_spending(std::span<const PhaseTime* const> trials) {
  std::vector<const PhaseUse*> uses;
  for (const PhaseTime* const trial : trials) {
    if (!trial->use) return std::nullopt;
    if (trial->use->open > nanoseconds{}) uses.push_back(&*trial->use);
  }
  if (uses.empty()) return std::nullopt;
  Shares shares = shares_of(uses);
  PhaseSpending spending{.cpu = *figure_of(std::move(shares.cpu), uses.size()),
                         .io = figure_of(std::move(shares.io), uses.size()),
                         .memory = figure_of(std::move(shares.memory), uses.size()),
                         .waiting = figure_of(std::move(shares.waiting), uses.size())};
  spending.bound = bound_of(spending);
  return spending;
}

}  // namespace assay::decide
