#pragma once

#include "experiments/console/arguments.hpp"
#include "experiments/console/command_line.hpp"
#include "experiments/console/for_option.hpp"
#include "experiments/console/output.hpp"
#include "experiments/console/output_options.hpp"
#include "experiments/console/terminal.hpp"
#include "experiments/console/value_target.hpp"

namespace assay::screen {

// Commands read their words and write to the screen by the room console, whose names are used here as they are.

using console::Arguments;
using console::Arity;
using console::CommandLine;
using console::for_option;
using console::into;
using console::names_of_enum;
using console::Occurs;
using console::offering;
using console::Parsed;
using console::read_enum;
using console::ValueTarget;

using console::add_output_options;
using console::add_style_option;
using console::error_style;
using console::output_style;
using console::OutputOptions;
using console::print_json;
using console::print_output;
using console::print_remark;
using console::progress_mode;
using console::ProgressMode;
using console::read_terminal;
using console::Terminal;
using console::When;

}  // namespace assay::screen
