#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/variable.hpp"

namespace assay {

/// A command without the programs that only start another one.
struct UnwrappedCommand {
  Argv argv;                                                   ///< the program that does the work, and its arguments
  std::map<std::string, std::optional<std::string>> settings;  ///< what wrappers set; std::nullopt: they unset it
  friend bool operator==(const UnwrappedCommand&, const UnwrappedCommand&) = default;
};

/// Takes off `env`, `sh -c`, `timeout`, `nice`, interpreters of a script, and their like: of "env FAST=1 nice
/// ./work.sh" the program is "./work.sh", and FAST is set. A line for a shell is split at blanks only, so the words of
/// a longer script are not those that the shell would see; they serve to compare one script with another.
[[nodiscard]] UnwrappedCommand unwrapped(Argv command);

}  // namespace assay
