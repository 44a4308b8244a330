#pragma once

#include <string>

#include "experiments/console/help/command_description.hpp"

namespace assay::console {

/// The forms in which a command describes itself. People ask for text by `--help`; `assay man` and `assay completion`
/// ask every command for the others by `--help=FORM`.
enum class HelpForm { text, man, bash, zsh, fish };

/// What the command prints in that form.
[[nodiscard]] std::string help_in_form(const CommandDescription& command, HelpForm form);

}  // namespace assay::console

namespace assay {

template <>
struct EnumNames<console::HelpForm> {
  static constexpr std::array<std::string_view, 5> values = {"text", "man", "bash", "zsh", "fish"};
};

}  // namespace assay
