#pragma once

#include "experiments/attempt/experiment.hpp"
#include "experiments/definition/definition.hpp"

namespace assay::attempt {

/// Warns of what looks secret in the definition: words of commands, which plan and record hold as they are, and values
/// of `set` and of levels, of which they hold only a hash.
void note_secrets(const definition::Definition& definition, Observer& observer);

}  // namespace assay::attempt
