#pragma once

#include <memory>

#include "core/trial.hpp"

namespace assay::host {

/// Reads load, pressure stall and steal around each trial, and keeps its files open. Cost: below 10 us a trial if
/// trials follow each other within a millisecond, twice that otherwise.
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
