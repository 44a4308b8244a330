#pragma once

#include <string>
#include <vector>

#include "core/metric.hpp"

namespace assay::interop {

/// The values of one metric of one benchmark, as another tool measured them.
struct Sample {
  std::string name;    ///< of the benchmark or command
  std::string metric;  ///< "wall", "cpu", "B/op"
  std::string unit;    ///< "s", "B", or the tool's own; the values are in it
  Direction direction = Direction::lower;
  std::vector<double> values;  ///< in the order of the file, one of each independent unit: a run, a process, a fork
  friend bool operator==(const Sample&, const Sample&) = default;
};

/// What a file of another tool holds.
struct SampleFile {
  std::vector<Sample> samples;     ///< those of the tool's main metric first
  std::vector<std::string> notes;  ///< what a reader should know: values that were left out, values that depend
  friend bool operator==(const SampleFile&, const SampleFile&) = default;
};

/// The sample of that name and metric, added if it is not there.
[[nodiscard]] Sample& sample_of(SampleFile& file, const Sample& like);

}  // namespace assay::interop
