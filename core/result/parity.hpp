#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/enum_names.hpp"
#include "core/interval.hpp"
#include "core/metric.hpp"
#include "core/result/effect.hpp"
#include "core/result/labels.hpp"
#include "core/result/verdict.hpp"

namespace assay {

/// Whether a change does the same in two environments.
enum class ParityVerdict {
  agrees,          ///< the difference between the effects lies within the margin
  differs,         ///< the effects differ
  cannot_be_told,  ///< neither is shown
  not_comparable,  ///< a side has too few blocks to say anything
};

/// What one environment showed of a comparison.
struct ParitySide {
  std::string environment_name;
  std::string record_name;
  Verdict verdict = Verdict::inconclusive;
  int blocks = 0;
  ArmSummary control = {};
  ArmSummary treatment = {};
  std::optional<Effect> effect = {};  ///< as its own record tells it, see told_effect
  friend bool operator==(const ParitySide&, const ParitySide&) = default;
};

/// The blocks that an environment still needs, about.
struct MissingBlocks {
  std::string environment_name;
  int blocks = 0;
  friend bool operator==(const MissingBlocks&, const MissingBlocks&) = default;
};

/// The interaction of two environments with the arms: how much more (above 0: higher values) the change does in the
/// second than in the first, on the analysis scale.
struct ParityPair {
  std::string first;   ///< environment
  std::string second;  ///< environment
  ParityVerdict verdict = ParityVerdict::not_comparable;
  bool opposite = false;  ///< improved in one and regressed in the other, by both intervals
  double estimate = 0;
  Interval interval = {};
  double confidence = 0;
  double p = 1;                             ///< adjusted by Holm over all pairs of the cell
  std::vector<MissingBlocks> missing = {};  ///< if it cannot be told
  friend bool operator==(const ParityPair&, const ParityPair&) = default;
};

/// One treatment in one cell, in every environment.
struct ParityCell {
  NamedCell cell;
  NamedArm treatment;
  Metric metric;  ///< the primary one
  std::vector<ParitySide> sides = {};
  std::vector<ParityPair> pairs = {};
  friend bool operator==(const ParityCell&, const ParityCell&) = default;
};

/// One question in every environment in which it was asked.
struct Parity {
  std::string experiment;
  std::string hypothesis;
  double alpha = 0.05;
  std::vector<ParityCell> cells = {};
  std::vector<std::string> notes = {};
  friend bool operator==(const Parity&, const Parity&) = default;
};

template <>
struct EnumNames<ParityVerdict> {
  static constexpr std::array<std::string_view, 4> values = {"agrees", "differs", "cannot-be-told", "not-comparable"};
};

}  // namespace assay
