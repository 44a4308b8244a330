#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::report {

/// A comment for a pull request, in GitHub's Markdown: the sentence, a table with every metric, guards and checks, and
/// what was compared under a fold. Its first line is a comment, "<!-- assay: ID -->", by which a bot finds the one that
/// it wrote before.
[[nodiscard]] std::string pull_request_text(const interop::AttemptView& attempt);

}  // namespace assay::report
