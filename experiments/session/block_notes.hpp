#pragma once

#include <string>

#include "core/block.hpp"
#include "core/plan.hpp"

namespace assay::session {

/// Why a block is run again as if nothing had happened: "block 3 of work is void and run again: control: ...".
[[nodiscard]] std::string void_block_note(const Plan& plan, const Block& block);
/// How a block was lost: "block 3 of work is lost: it was broken off while treatment ran; ...".
[[nodiscard]] std::string lost_block_note(const Plan& plan, const Block& block);

}  // namespace assay::session
