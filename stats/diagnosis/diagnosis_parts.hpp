#pragma once

#include <optional>
#include <string>

#include "stats/diagnosis/diagnostics.hpp"

namespace assay::stats {

/// The single diagnostics behind `diagnose`, one file each. Internal: what they mean is told there and in
/// docs/methods/diagnostics.md.

inline constexpr double kDiagnosticLevel = 0.01;
inline constexpr std::size_t kFewestBlocks = 6;
/// For statistics whose null distribution is an approximation.
inline constexpr std::size_t kFewestBlocksApproximate = 10;

struct OrderEffect {
  Diagnostic diagnostic;
  std::optional<double> first_in_block_effect;
  std::optional<Interval> first_in_block_interval;
};
/// Of a duet: of the CPU, called "cpu-effect".
[[nodiscard]] OrderEffect find_order_effect(const BlockSeries& series, Generator generator);

[[nodiscard]] Diagnostic find_drift(const BlockSeries& series);
[[nodiscard]] Diagnostic find_instability(const BlockSeries& series);

struct Autocorrelation {
  Diagnostic diagnostic;
  double factor = 1;
};
[[nodiscard]] Autocorrelation find_autocorrelation(const BlockSeries& series);

/// \param step  of the metric on the analysis scale; 0: none seen.
[[nodiscard]] Diagnostic find_modes(const BlockSeries& series, double step, Generator generator);
[[nodiscard]] Diagnostic find_asymmetry(const BlockSeries& series, Generator generator);

/// Step of the metric on the analysis scale; 0: none seen.
[[nodiscard]] double step_of(const BlockSeries& series);
struct Resolution {
  Diagnostic diagnostic;
  double widen_by = 0;
};
[[nodiscard]] Resolution find_resolution(const BlockSeries& series, double step);

/// Not flagged, nothing computed yet.
[[nodiscard]] Diagnostic unflagged(DiagnosticKind kind);

/// The finite ones, in their order.
[[nodiscard]] std::vector<double> finite_values(std::span<const double> values);

/// Words for an effect on the analysis scale, signed: "+3.2 %", "-1.5 points", "-3.1 MB"; "unbounded" where infinite.
[[nodiscard]] std::string change_words(const BlockSeries& series, double effect);
/// The same for a size that has no sign: "3.2 %".
[[nodiscard]] std::string size_words(const BlockSeries& series, double size);
/// Words for a value of the metric given on the analysis scale: "24.1 ms".
[[nodiscard]] std::string value_words(const BlockSeries& series, double value);

}  // namespace assay::stats
