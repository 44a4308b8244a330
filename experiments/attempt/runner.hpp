#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/record/machine.hpp"

namespace assay::attempt {

/// What keeps an attempt that was begun on one machine from going on on another: the processor's model or the image
/// differ. Empty if they agree, or if the first machine's are not known. Both trials of a block run on one machine, so
/// blocks of machines of one kind may stand in one attempt (docs/methods/runners.md).
[[nodiscard]] std::vector<std::string> differences_of_kind(const Machine& then, const Machine& now);

/// What a reader should know if the attempt goes on on another machine of the same kind.
[[nodiscard]] std::optional<std::string> note_on_other_machine(const Machine& then, const Machine& now);

}  // namespace assay::attempt
