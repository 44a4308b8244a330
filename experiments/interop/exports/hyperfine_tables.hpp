#pragma once

#include <string>

#include "experiments/interop/attempt_view.hpp"

namespace assay::interop {

/// The figures of each arm as hyperfine's CSV has them (version 1.20), times in seconds. What is not known is empty.
/// A column for each parameter follows, such as parameter_threads.
[[nodiscard]] std::string hyperfine_csv(const AttemptView& attempt);

/// A table in Markdown with the columns of hyperfine's, relative to the fastest mean. Times are in the unit of the view
/// or, as hyperfine has it, in the one that fits the first arm.
[[nodiscard]] std::string hyperfine_markdown(const AttemptView& attempt);
/// The same table in AsciiDoc.
[[nodiscard]] std::string hyperfine_asciidoc(const AttemptView& attempt);
/// The same table for Emacs org-mode.
[[nodiscard]] std::string hyperfine_orgmode(const AttemptView& attempt);

}  // namespace assay::interop
