#pragma once

#include <string>

#include "experiments/record/lab.hpp"

namespace assay::attempt {

/// The 32 random bytes under which a lab hashes values of the environment. They are drawn and kept, for the owner
/// alone, the first time that they are needed. Nobody who has only the records can try values out without them. \throws
/// Error if the key cannot be kept or others can read it.
[[nodiscard]] std::string value_key(const record::Lab& lab);

/// The key of the lab around the folder, or else around the current one. Without a lab, or in one that cannot be
/// written, it is a key that is forgotten with this process.
[[nodiscard]] std::string value_key_at(const std::string& folder);

}  // namespace assay::attempt
