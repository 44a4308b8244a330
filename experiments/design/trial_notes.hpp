#pragma once

#include <string_view>

namespace assay::design {

/// How the note of a trial starts that tells of a process which outlived it. Results count these; records from before
/// they did have notes of other words ("left running: pid ..."), so that their results stay what they were.
inline constexpr std::string_view kOutlivedNote = "still running at its end: pid ";

}  // namespace assay::design
