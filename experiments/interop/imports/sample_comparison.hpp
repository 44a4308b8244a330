#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/seed.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/interop/unpaired.hpp"

namespace assay::interop {

/// Two samples that are compared. They refer to the files that hold them.
struct SamplePair {
  const Sample* control = nullptr;
  const Sample* treatment = nullptr;
};

/// Which samples belong together, and which have no partner.
struct MatchedSamples {
  std::vector<SamplePair> pairs;
  std::vector<std::string> only_in_control;  ///< names of benchmarks
  std::vector<std::string> only_in_treatment;
  std::vector<std::string> notes = {};  ///< metrics that one arm of a benchmark lacks
};

/// The samples of two files that have the same name and metric. If each file has one benchmark, the two are compared
/// whatever their names are.
/// \param metric  only this one; nothing: those that the format compares. \throws Error that lists the metrics if there
/// is no such one, or if nothing matches.
[[nodiscard]] MatchedSamples match_files(const ImportedFile& control, const ImportedFile& treatment,
                                         const std::optional<std::string>& metric);

/// Two benchmarks of one file: those of these names or, if none is given, the only two that there are.
/// \throws Error that lists the benchmarks if that leaves open which are meant.
[[nodiscard]] MatchedSamples match_names(const ImportedFile& file, const std::optional<std::string>& control,
                                         const std::optional<std::string>& treatment,
                                         const std::optional<std::string>& metric);

/// One pair as it was compared, or why it could not be.
struct SampleComparison {
  std::string control;  ///< names of the benchmarks
  std::string treatment;
  std::string metric;
  UnpairedQuestion question;
  std::variant<UnpairedResult, std::string> outcome;
};

/// Compares every pair at its part of alpha (Bonferroni), so that finding, interval and p-value of each agree: the
/// chance of any false difference is at most alpha. The p-values are multiplied by the number of pairs.
[[nodiscard]] std::vector<SampleComparison> compare_samples(const MatchedSamples& matched, double alpha, Seed seed);

/// Which samples of one file or two are compared, and at which level.
struct SampleQuestion {
  std::optional<std::string> metric = {};     ///< empty: the format's own
  std::optional<std::string> control = {};    ///< name of a benchmark, if both are in one file
  std::optional<std::string> treatment = {};  ///< the same
  double alpha = 0.05;
  Seed seed{0};
};

/// Files of another tool that were compared.
struct ComparedFiles {
  std::string_view format;                   ///< the name of the control's format
  std::vector<std::string> only_in_control;  ///< names of benchmarks
  std::vector<std::string> only_in_treatment;
  std::vector<SampleComparison> comparisons;
  std::vector<std::string> notes;  ///< of the files, and metrics that one arm of a benchmark lacks
};

/// Compares two files, control first, or the benchmarks of one.
/// \throws Error as `match_files` and `match_names` do.
[[nodiscard]] ComparedFiles compare_files(const std::vector<ImportedFile>& files, const SampleQuestion& question);

/// Whether any pair could be compared.
[[nodiscard]] bool has_figures(const ComparedFiles& compared);

}  // namespace assay::interop
