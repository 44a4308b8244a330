#pragma once

#include "experiments/console/output_options.hpp"
#include "experiments/report/text_style.hpp"

namespace assay::console {

/// What is known about the terminal that text is printed to.
struct Terminal {
  bool output_is_terminal = false;  ///< standard output
  bool error_is_terminal = false;   ///< standard error
  int width = 80;                   ///< columns of whichever of the two is a terminal
  bool utf8 = false;                ///< by LC_ALL, LC_CTYPE, LANG, in this order
  bool dumb = false;                ///< TERM is "dumb", empty or absent
  bool no_colour = false;           ///< NO_COLOR is set and not empty (https://no-color.org)
};

/// Asks the kernel and the environment.
[[nodiscard]] Terminal read_terminal();

/// The style of results on standard output.
[[nodiscard]] report::TextStyle output_style(const Terminal& terminal, const OutputOptions& options);
/// The style of what is said on standard error.
[[nodiscard]] report::TextStyle error_style(const Terminal& terminal, const OutputOptions& options);

/// How progress is shown on standard error.
enum class ProgressMode {
  line,    ///< one line, redrawn
  plain,   ///< a line of its own at each look
  silent,  ///< nothing
};
[[nodiscard]] ProgressMode progress_mode(const Terminal& terminal, const OutputOptions& options);

}  // namespace assay::console
