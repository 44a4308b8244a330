#pragma once

#include <string>
#include <vector>

#include "core/plan.hpp"

namespace assay::definition {

/// Two settings of a protocol that exclude each other, or a number that a mode cannot have.
struct ModeMistake {
  std::string key;   ///< of an experiment file's [protocol]; an option's name has dashes for its underscores
  std::string text;  ///< one sentence
};

/// What fresh blocks are to confirm.
enum class Confirmed { early_stop, winner_of_race };

/// What is wrong with how the modes of a protocol go together, for files and command lines alike.
[[nodiscard]] std::vector<ModeMistake> mode_mistakes(const Protocol& protocol,
                                                     Confirmed confirmed = Confirmed::early_stop);

}  // namespace assay::definition
