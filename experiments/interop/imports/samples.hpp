#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
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
  std::vector<Sample> samples;     ///< of each benchmark the tool's main metric first
  std::vector<std::string> notes;  ///< what a reader should know: values that were left out, values that depend
  friend bool operator==(const SampleFile&, const SampleFile&) = default;
};

/// Fills a file whose values come one by one, each with the name of its benchmark.
class SampleCollector {
 public:
  /// \param file  without samples; it must outlive this.
  explicit SampleCollector(SampleFile& file) : file_(&file) {}
  /// The sample of that name and metric, added if it is not there. The reference is valid until the next call.
  [[nodiscard]] Sample& sample_of(const Sample& like);

 private:
  SampleFile* file_;
  std::unordered_map<std::string, std::map<std::string, std::size_t>> places_;  ///< by name and metric
};

/// Names each result of a file once. Results of two files are matched by these names, so a name holds whatever tells
/// what was measured (parameters, mode). Only results that the file does not tell apart are counted: "sort", "sort
/// (2)".
class ResultNames {
 public:
  [[nodiscard]] std::string next(const std::string& name);
  /// Notes the names that were counted.
  void note_counted(SampleFile& file) const;

 private:
  std::map<std::string, int> seen_;
};

}  // namespace assay::interop
