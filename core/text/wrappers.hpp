#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/variable.hpp"

namespace assay {

/// A command without the programs that only start another one.
struct UnwrappedCommand {
  Argv argv;                                                   ///< the program that does the work, and its arguments
  std::map<std::string, std::optional<std::string>> settings;  ///< what wrappers set; std::nullopt: they unset it
  friend bool operator==(const UnwrappedCommand&, const UnwrappedCommand&) = default;
};

/// Takes off `env`, `sh -c`, `timeout`, `nice`, `flock`, interpreters of a script, and their like: of "env FAST=1 nice
/// ./work.sh" the program is "./work.sh", and FAST is set. Of a line for a shell, quotes, assignments, `export` and
/// commands without effect are understood (`shell_line.hpp`); the words of its further commands follow those of the one
/// that does the work. The words of a script serve to compare it with another one, not to run it.
[[nodiscard]] UnwrappedCommand unwrapped(Argv command);

/// Whether a program, with or without its folder, is a shell: "bash", "/bin/sh", "fish".
[[nodiscard]] bool is_shell_program(std::string_view program);

/// Whether a shell takes the word for an assignment: a name, which begins with no digit, "=", and anything or nothing.
[[nodiscard]] bool is_shell_assignment(std::string_view word);

}  // namespace assay
