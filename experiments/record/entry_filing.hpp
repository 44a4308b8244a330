#pragma once

#include <optional>
#include <string>

#include "experiments/record/record_store.hpp"

namespace assay::cli {

/// A text that a person gave, as one line of valid UTF-8. \throws Error that names the option where nothing is in it.
[[nodiscard]] std::string given_text(const std::string& option, const std::string& text);
/// A day that is not past. \throws Error that names the option.
[[nodiscard]] std::string given_day(const std::string& option, const std::string& text);

/// Records what was decided, by `actor` or whoever calls (`current_actor`), and writes it into DECISIONS.md.
/// \throws Error where the rule does not allow it, or the lab cannot be written.
Entry file_entry(const record::Lab& lab, const std::optional<std::string>& actor, const record::EntryRule& rule);

}  // namespace assay::cli
