#pragma once

#include <string>
#include <vector>

#include "core/seed.hpp"

namespace assay::fuzz {

/// A text that is made of the seeds: cut, copied, joined, with single bytes and marks of the readers' languages put in.
/// At most 64 KiB. \pre there is a seed
[[nodiscard]] std::string mutated(const std::vector<std::string>& seeds, Generator& generator);

}  // namespace assay::fuzz
