#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::experiments {

/// Two settings of a protocol that exclude each other, or a number that a mode cannot have.
struct ModeMistake {
  std::string key;   ///< of an experiment file's [protocol]; an option's name has dashes for its underscores
  std::string text;  ///< one sentence
};

/// What is wrong with how the modes of a protocol go together, for files and command lines alike.
[[nodiscard]] std::vector<ModeMistake> mode_mistakes(const Protocol& protocol);

}  // namespace assay::experiments
