#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace assay::test {

/// The whole of stats_reference.json; read once. Stops the test program when it cannot be read.
[[nodiscard]] const nlohmann::json& reference();

/// The entries of that name in another file of this folder, each with the file's tolerance where it has none of its
/// own.
[[nodiscard]] nlohmann::json reference_entries(const std::string& file_name, const std::string& name);

/// One of the data sets of `reference()["data"]`: equally many values per arm where they are paired.
struct ReferenceData {
  std::vector<double> control;
  std::vector<double> treatment;
};
[[nodiscard]] ReferenceData reference_data(const std::string& name);

/// ln(treatment / control), pair by pair.
[[nodiscard]] std::vector<double> reference_log_ratios(const std::string& name);

/// How far a value may lie from `expected`: the entry's absolute `tol` or relative `tol_rel`. An entry without
/// either is a mistake in the file and throws.
[[nodiscard]] double tolerance(const nlohmann::json& entry, double expected);

}  // namespace assay::test
