#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/text/date.hpp"
#include "experiments/console/help/command_description.hpp"

namespace assay::console {

// Manual pages are written in the macros of man(7), which man-db, mandoc and groff read.

/// Names a page: "assay-run", section 1.
struct ManPageName {
  std::string name;
  int section = 1;
};

/// The first line of a page. The date stands in its foot.
[[nodiscard]] std::string man_page_title(const ManPageName& page, Date date);

/// The page of one command, after its title.
[[nodiscard]] std::string man_page_body(const CommandDescription& command);

/// Filled text, escaped, in short lines: the letters stand for themselves wherever they are.
[[nodiscard]] std::string roff_text(std::string_view text);
/// The same for a piece of a line, such as an option's name: its hyphens are those that people type.
[[nodiscard]] std::string roff_literal(std::string_view text);

/// A section's title.
[[nodiscard]] std::string roff_section(std::string_view title);

/// An entry of a list: what is explained, in bold, and its explanation.
[[nodiscard]] std::string roff_entry(std::string_view bold, std::string_view explanation);

/// The section that lists exit codes.
[[nodiscard]] std::string roff_exit_status(const std::vector<ExitMeaning>& codes);
/// The section that lists whole commands; empty if there are none.
[[nodiscard]] std::string roff_examples(const std::vector<std::string>& examples);

}  // namespace assay::console
