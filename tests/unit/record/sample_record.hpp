#pragma once

#include "core/record/record.hpp"

namespace assay::record {

/// The record of an attempt in which treatment took a fifth less time in every one of 12 blocks, one of them run
/// again; complete except number and parents, which `store_record` gives.
[[nodiscard]] Record sample_record();

/// The same of another experiment, measured at another time.
[[nodiscard]] Record sample_record_of(const std::string& experiment, std::int64_t created_ns);

}  // namespace assay::record
