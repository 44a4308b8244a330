#pragma once

#include <string_view>

#include "core/plan.hpp"

namespace assay::campaign {

/// Whether a text, such as a script or a configuration file, says the level of an arm. Lines that begin with "#", ";"
/// or "//" are comments, and do not count.
///
/// An environment variable: a line gives its name the value (setting_text.hpp); if the level unsets it, no line has its
/// name. An argument: a line has the word of a command that the level changes, and the option before it if that stands
/// apart. A command: a line has all of its words in their order.
[[nodiscard]] bool says_level(std::string_view text, const Plan& plan, ArmIndex arm);

/// The same, but a line with the name of an environment variable and its value is enough, whatever it does with them.
[[nodiscard]] bool may_say_level(std::string_view text, const Plan& plan, ArmIndex arm);

/// Whether a file could say the level: the level of a state, a file or a source is in none, and that of a value which
/// nobody may see cannot be looked for.
[[nodiscard]] bool is_written_in_a_file(const LevelValue& level);

}  // namespace assay::campaign
