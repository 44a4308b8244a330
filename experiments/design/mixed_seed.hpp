#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/seed.hpp"

namespace assay::design {

/// The seed of an attempt: the first 8 bytes, lowest first, of SHA-256("assay seed 2", the stated seed as 8 bytes,
/// lowest first, the entropy). So nobody can look for a seed whose order pleases before the attempt is opened. Test
/// vectors are in docs/formats/random.md. \param entropy  32 bytes in hexadecimal \param sha256  gives the digest in
/// hexadecimal
[[nodiscard]] Seed mixed_seed(Seed stated, std::string_view entropy,
                              const std::function<std::string(std::string_view)>& sha256);

}  // namespace assay::design
