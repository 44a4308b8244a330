#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiments/definition/options/comparison.hpp"

namespace assay::definition {

/// One arm of a comparison, as its options describe it.
struct ComparisonArm {
  std::string command;                             ///< or the revision
  std::string label = {};                          ///< what the plan calls it
  std::string name = {};                           ///< that was given, with the parameters' values; empty: none
  std::map<std::string, std::string> values = {};  ///< of the parameters
  std::string values_without_place = {};  ///< " (threads = 4)": of parameters that neither name nor command shows
};

/// The arms that the options ask for, control first: a parameter makes one of each of its values. A name that is given
/// only once names all arms that parameters make, as in hyperfine.
/// \throws Error if parameters, names, hooks or the reference do not fit each other.
[[nodiscard]] std::vector<ComparisonArm> comparison_arms(const ComparisonOptions& options);

}  // namespace assay::definition
