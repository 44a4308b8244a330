#pragma once

#include <string>

namespace assay::host {

/// Writes the program `assay-span`, a copy of which is carried inside this library, into a folder.
/// \throws Error when it cannot be written.
void write_span_program(const std::string& folder);

}  // namespace assay::host
