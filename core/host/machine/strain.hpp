#pragma once

#include <memory>

#include "core/trial.hpp"

namespace assay::host {

/// Reads load, pressure stall, steal and the CPU time of the machine around each trial, and keeps its files open. Cost:
/// below 10 us a trial if trials follow each other within a millisecond, twice that otherwise. What was swapped and
/// killed costs another 50 us and is read if the machine has swap, or if the trial before took 10 ms or more.
class StrainMeter {
 public:
  StrainMeter();
  ~StrainMeter();
  StrainMeter(StrainMeter&&) noexcept;
  StrainMeter& operator=(StrainMeter&&) noexcept;

  void start();
  /// The change since `start`.
  [[nodiscard]] Strain finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace assay::host
