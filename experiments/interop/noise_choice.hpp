#pragma once

#include <string>

#include "core/error.hpp"
#include "experiments/interop/trace_csv.hpp"
#include "experiments/planning/simulation/noise.hpp"

namespace assay::interop {

/// A noise as a user names it.
struct NoiseChoice {
  std::string source;    ///< a file with a trace, or the name of a built-in noise
  TraceColumns columns;  ///< of the trace
  int trials = 0;        ///< that one attempt needs at most
};

/// A noise, and what a reader should know about it.
struct ChosenNoise {
  planning::Noise noise;
  std::string name;    ///< "gzip.csv (wall_ns)", "lognorm"
  std::string remark;  ///< empty: there is nothing to remark
};

/// Columns were chosen for a built-in noise, which has none.
class NoColumnsToChoose : public Error {
 public:
  using Error::Error;
};

/// Reads the trace, or takes the built-in noise of that name.
/// \throws NoColumnsToChoose if columns are given for a built-in noise; Error if there is no such file or noise, or the
/// file is no trace.
[[nodiscard]] ChosenNoise choose_noise(const NoiseChoice& choice);

/// "lognorm, spikes, ...": the built-in noises.
[[nodiscard]] std::string built_in_noises();

}  // namespace assay::interop
