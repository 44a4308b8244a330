#pragma once

#include <string_view>

#include "core/plan.hpp"

namespace assay::campaign {

/// Whether a text, such as a script or a configuration file, says the level of an arm. Comments do not count: lines
/// that begin with "#", ";", "//", "-- " or "REM ", what stands behind a " #" or a " // ", and <!-- --> and /* */.
///
/// An environment variable: a line gives its name the value (setting_text.hpp); if the level unsets it, no line has its
/// name. An argument: one simple command has the words of a workload's command in their order, with the value at its
/// place (command_text.hpp); where another workload is there, too, it has not control's value. A command: simple
/// commands have all of its words in their order, and not those of a longer level.
[[nodiscard]] bool says_level(std::string_view text, const Plan& plan, ArmIndex arm);

/// The same, but a line with the name of an environment variable and its value is enough, whatever it does with them,
/// and of an argument a line with the word that the level changes, and the option before it if that stands apart.
[[nodiscard]] bool may_say_level(std::string_view text, const Plan& plan, ArmIndex arm);

/// Whether a file could say the level: the level of a state, a file or a source is in none, and that of a value which
/// nobody may see cannot be looked for.
[[nodiscard]] bool is_written_in_a_file(const LevelValue& level);

}  // namespace assay::campaign
