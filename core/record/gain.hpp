#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/interval.hpp"
#include "core/metric.hpp"

namespace assay {

/// What all changes since a baseline gain together in one workload and state.
struct GainOfCell {
  std::string workload;  ///< empty: the average over all cells
  std::string state;
  std::optional<double> percent = {};     ///< change of the primary metric; std::nullopt: nothing was measured
  std::optional<Interval> interval = {};  ///< in percent
  std::optional<double> parts = {};  ///< in percent: what the effects of the adopted changes multiply to; std::nullopt:
                                     ///< none of them was measured in this cell
  friend bool operator==(const GainOfCell&, const GainOfCell&) = default;
};

/// The cumulative gain: a baseline's revision and a later one, measured anew in turns.
struct Gain {
  std::string baseline;  ///< SHA-256 of its record
  std::string record;    ///< SHA-256 of the record with the samples
  std::string experiment;
  std::string environment_name;
  std::string metric;                      ///< the primary one
  Direction direction = Direction::lower;  ///< of the metric
  std::string from;                        ///< commit of the baseline
  std::string to;                          ///< commit that was measured against it
  std::vector<std::string> parts;  ///< SHA-256 of the records of the attempts whose changes were adopted by then
  std::vector<std::string> left_out = {};  ///< adopted changes that are no part of it, each with the reason
  std::vector<GainOfCell> cells;           ///< in the plan's order, the average last if there are several
  friend bool operator==(const Gain&, const Gain&) = default;
};

}  // namespace assay
