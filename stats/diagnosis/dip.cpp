#include "stats/diagnosis/dip.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "core/assert.hpp"
#include "stats/sequential/sequential_monte_carlo.hpp"

namespace assay::stats {
namespace {

/// The step function in units of 1/n: it rises from i to i + 1 at the value with index i.
enum class Corner { lower, upper };

double height(std::size_t index, Corner corner) {
  return static_cast<double>(index) + (corner == Corner::upper ? 1 : 0);
}

/// Values from `low` to `high`, both included.
struct Stretch {
  std::size_t low;
  std::size_t high;
};

/// The dip times the root of the number of values hardly depends on that number: from 300 on its 99 % quantile moves by
/// less than 2 %, while the cost of a draw grows with it.
constexpr int kMostSimulated = 300;

/// One side of the corridor around the step function on a stretch: the greatest convex curve below its lower corners,
/// or the least concave one above its upper corners.
struct Envelope {
  std::vector<std::size_t> contacts;  ///< where it touches a corner, ascending
  std::vector<double> heights;        ///< at each value of the stretch
};

Envelope envelope(std::span<const double> sorted, Stretch stretch, Corner corner) {
  const double orientation = corner == Corner::lower ? 1 : -1;
  const auto turns_wrong = [&](std::size_t first, std::size_t middle, std::size_t last) {
    const double rise_before = height(middle, corner) - height(first, corner);
    const double rise_after = height(last, corner) - height(middle, corner);
    const double before = rise_before * (sorted[last] - sorted[middle]);
    const double after = rise_after * (sorted[middle] - sorted[first]);
    return orientation * (before - after) >= 0;
  };
  Envelope result;
  std::vector<std::size_t>& contacts = result.contacts;
  for (std::size_t index = stretch.low; index <= stretch.high; ++index) {
    while (contacts.size() >= 2 && turns_wrong(contacts[contacts.size() - 2], contacts.back(), index)) {
      contacts.pop_back();
    }
    contacts.push_back(index);
  }
  result.heights.reserve(stretch.high - stretch.low + 1);
  for (std::size_t piece = 0; piece + 1 < contacts.size(); ++piece) {
    const std::size_t from = contacts[piece];
    const std::size_t to = contacts[piece + 1];
    const double width = sorted[to] - sorted[from];
    const double slope = width > 0 ? (height(to, corner) - height(from, corner)) / width : 0;
    for (std::size_t index = from; index < to; ++index) {
      result.heights.push_back(height(from, corner) + slope * (sorted[index] - sorted[from]));
    }
  }
  result.heights.push_back(height(stretch.high, corner));
  return result;
}

/// The widest place between the two envelopes, which is at a corner that one of them touches.
struct Widest {
  double width = 0;
  Stretch modal{};  ///< what is left between the contacts around it
};

Widest widest_place(Stretch stretch, const Envelope& convex, const Envelope& concave) {
  Widest widest;
  for (const std::size_t contact : convex.contacts) {
    const double width = concave.heights[contact - stretch.low] - height(contact, Corner::lower);
    if (width > widest.width) {
      widest = {.width = width, .modal = {contact, *std::ranges::lower_bound(concave.contacts, contact)}};
    }
  }
  for (const std::size_t contact : concave.contacts) {
    const double width = height(contact, Corner::upper) - convex.heights[contact - stretch.low];
    if (width > widest.width) {
      widest = {.width = width, .modal = {*(std::ranges::upper_bound(convex.contacts, contact) - 1), contact}};
    }
  }
  return widest;
}

}  // namespace

double dip_statistic(std::span<const double> sorted) {
  ASSAY_ASSERT(!sorted.empty());
  Stretch stretch{.low = 0, .high = sorted.size() - 1};
  double doubled_dip = 1;  // no unimodal curve comes nearer to a step than half its height
  for (;;) {
    const Envelope convex = envelope(sorted, stretch, Corner::lower);
    const Envelope concave = envelope(sorted, stretch, Corner::upper);
    const Widest widest = widest_place(stretch, convex, concave);
    if (widest.width <= doubled_dip) break;
    // Left of the mode the curve is the convex envelope, right of it the concave one: how far are they off?
    for (std::size_t index = stretch.low; index <= widest.modal.low; ++index) {
      doubled_dip = std::max(doubled_dip, height(index, Corner::upper) - convex.heights[index - stretch.low]);
    }
    for (std::size_t index = widest.modal.high; index <= stretch.high; ++index) {
      doubled_dip = std::max(doubled_dip, concave.heights[index - stretch.low] - height(index, Corner::lower));
    }
    if (widest.modal.low == stretch.low && widest.modal.high == stretch.high) break;
    stretch = widest.modal;
  }
  return doubled_dip / (2 * static_cast<double>(sorted.size()));
}

double dip_p_value(double dip, int count, Generator generator) {
  if (count > kMostSimulated) {
    dip *= std::sqrt(static_cast<double>(count) / kMostSimulated);
    count = kMostSimulated;
  }
  std::vector<double> uniform(static_cast<std::size_t>(count));
  return sequential_monte_carlo_p([&] {
    // Sums of exponential draws are uniform in their order, up to a scale that a dip does not feel: no sorting.
    double sum = 0;
    for (double& value : uniform) value = sum -= std::log1p(-generator.uniform());
    // Equal up to rounding counts: the smallest dip, 1 / (2 n), is a frequent one.
    return dip_statistic(uniform) >= dip * (1 - 1e-12);
  });
}

}  // namespace assay::stats
