#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/metric.hpp"
#include "core/text/written_number.hpp"
#include "experiments/interop/csv_table.hpp"
#include "experiments/interop/paired_csv.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/export_options.hpp"
#include "experiments/screen/options.hpp"

namespace assay::screen {

/// The options of `assay analyse`.
struct AnalyseOptions {
  std::vector<std::string> files;
  interop::ArmColumns columns;
  bool fixed = false;
  bool unpaired = false;
  std::optional<std::string> column;  ///< of unpaired values
  std::optional<std::string> batch;   ///< a folder of files
  std::optional<std::string> format;  ///< of another tool
  std::optional<std::string> metric;  ///< of another tool's file
  std::optional<int> threads;
  Direction direction = Direction::lower;
  MetricKind kind = MetricKind::positive;
  std::string unit;
  std::optional<char> separator;
  std::optional<NumberForm> digits;
  ProtocolOptions protocol;
  OutputOptions output;
  ResultOptions result;
  ExportOptions exports;
};

[[nodiscard]] CommandLine analyse_command_line(AnalyseOptions& options);

/// What `assay analyse` compares.
enum class AnalyseSubject {
  pairs,       ///< of values, one block in each row of a file
  folder,      ///< of files of pairs
  unpaired,    ///< two files of values
  tool_files,  ///< what another tool wrote
};

/// \throws Error if the comparison does not use an option that was given, also with its default as value: the line
/// names the option and says why.
/// \param line  after parsing
void refuse_unused_options(const CommandLine& line, AnalyseSubject subject);

/// \throws Error if the options do not fit each other, or the number of files.
void check_analyse_options(const CommandLine& line, const AnalyseOptions& options);

/// A file as it was given.
struct GivenText {
  std::string text;
  std::string name;  ///< for messages
};
/// \param file  "-" is standard input. \throws Error
[[nodiscard]] GivenText read_given(const std::string& file);

/// How the files are written. What had to be guessed is told on standard error, unless many files are read at once.
[[nodiscard]] interop::CsvForm csv_form(const AnalyseOptions& options);

/// The metric that the values are.
[[nodiscard]] Metric metric_of(const AnalyseOptions& options);

}  // namespace assay::screen
