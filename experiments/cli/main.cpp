#include <cstdio>
#include <exception>

#include "core/error.hpp"
#include "experiments/cli/command.hpp"

namespace {

using assay::cli::Arguments;
using assay::cli::Command;
using assay::cli::ExitCode;

ExitCode exit_code_of(const assay::Error& error) {
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

ExitCode dispatch(const Arguments& words) {
  if (words.empty()) throw assay::Error("no command given; see assay --help");
  for (const Command& command : assay::cli::commands()) {
    if (command.name == words.front()) return command.main(Arguments(words.begin() + 1, words.end()));
  }
  throw assay::Error("\"" + words.front() + "\" is not a command; see assay --help");
}

}  // namespace

int main(int argc, char** argv) {
  ExitCode code = ExitCode::ok;
  try {
    code = dispatch(Arguments(argv + 1, argv + argc));
  } catch (const assay::Error& error) {
    std::fprintf(stderr, "assay: %s\n", error.what());
    code = exit_code_of(error);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "assay: %s\n", error.what());
    code = ExitCode::error;
  }
  return static_cast<int>(code);
}
