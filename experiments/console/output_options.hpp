#pragma once

#include <array>
#include <string_view>

#include "core/enum_names.hpp"
#include "experiments/console/command_line.hpp"

namespace assay::console {

/// Whether to do what suits a terminal.
enum class When { automatic, always, never };

/// --json, --quiet, --color: what to print.
struct OutputOptions {
  bool json = false;   ///< one JSON object on standard output
  bool quiet = false;  ///< no progress, and only the sentence of a result
  When colour = When::automatic;
  When progress = When::automatic;  ///< the progress line; only --style sets it
};
void add_output_options(CommandLine& line, OutputOptions& options);
/// hyperfine's --style: auto, basic, full, nocolor, color, none.
void add_style_option(CommandLine& line, OutputOptions& options);

}  // namespace assay::console

namespace assay {

template <>
struct EnumNames<console::When> {
  static constexpr std::array<std::string_view, 3> values = {"auto", "always", "never"};
};

}  // namespace assay
