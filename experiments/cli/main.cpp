#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/freed_memory.hpp"
#include "core/host/process/stack_limit.hpp"
#include "core/host/process/standard_streams.hpp"
#include "core/text/spelling.hpp"
#include "core/version.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/cli/program_help.hpp"
#include "experiments/formats/document.hpp"
#include "experiments/screen/console.hpp"

namespace {

using assay::Error;
using assay::cli::Command;
using assay::cli::commands;
using assay::cli::engine_commands;
using assay::console::Arguments;
using assay::screen::ExitCode;

/// What --version prints: program, compiler, libraries.
std::string version_text() {
#ifdef __clang__
  constexpr std::string_view kCompiler = "clang " __clang_version__;
#else
  constexpr std::string_view kCompiler = "g++ " __VERSION__;
#endif
  return fmt::format("assay {}\nbuilt with {}; {}\n", assay::program_version(), kCompiler,
                     ASSAY_LIBRARIES);  // given by the build
}

const Command& find_command(const std::string& name) {
  for (const std::span<const Command> all : {commands(), engine_commands()}) {
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Command& command) { return command.name == name; });
    if (found != all.end()) return *found;
  }
  std::vector<std::string_view> names;
  for (const Command& command : commands()) names.push_back(command.name);
  const std::string hint = assay::did_you_mean(name, names);
  throw Error(fmt::format("\"{}\" is not a command of assay{}", name, hint.empty() ? "; see assay --help" : hint));
}

ExitCode help(const Arguments& words) {
  if (words.size() == 2) return find_command(words[1]).main({"--help"});
  if (words.size() > 2) throw Error("usage: assay help [COMMAND]");
  assay::console::print_output(assay::cli::program_help_text());
  return ExitCode::ok;
}

ExitCode dispatch(const Arguments& words) {
  if (words.empty()) throw Error("no command is given; see assay --help");
  const std::string& first = words.front();
  if (first == "--version" || first == "-V") {
    assay::console::print_output(version_text());
    return ExitCode::ok;
  }
  if (first == "--help" || first == "-h" || first == "help") return help(words);
  return find_command(first).main(Arguments(words.begin() + 1, words.end()));
}

ExitCode exit_code_of(const Error& error) {
  switch (error.kind()) {
    case assay::ErrorKind::mistake:
      return ExitCode::error;
    case assay::ErrorKind::refused:
      return ExitCode::refused;
    case assay::ErrorKind::invalid:
      return ExitCode::invalid;
  }
  return ExitCode::error;
}

}  // namespace

int main(int argc, char** argv) {
  assay::host::hold_standard_streams();
  assay::host::outlive_failed_writes();
  assay::host::keep_freed_memory();
  ExitCode code = ExitCode::error;
  try {
    assay::host::check_stack_limit();
    code = dispatch(Arguments(argv + std::min(1, argc), argv + argc));
  } catch (const assay::formats::MistakesError& mistakes) {
    for (const std::string& line : mistakes.lines()) assay::console::print_remark("assay: " + line);
    code = exit_code_of(mistakes);
  } catch (const Error& error) {
    assay::console::print_remark(fmt::format("assay: {}", error.what()));
    code = exit_code_of(error);
  } catch (const std::bad_alloc&) {
    std::fputs("assay: out of memory\n", stderr);
  } catch (const std::exception& error) {
    assay::console::print_remark(fmt::format("assay: {}", error.what()));
  }
  return static_cast<int>(code);
}
