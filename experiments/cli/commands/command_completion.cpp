#include <string>

#include "experiments/cli/command.hpp"
#include "experiments/cli/program_help.hpp"
#include "experiments/console/help/bash_completion.hpp"
#include "experiments/console/help/fish_completion.hpp"
#include "experiments/console/help/help_form.hpp"
#include "experiments/console/help/zsh_completion.hpp"
#include "experiments/screen/console.hpp"

namespace assay::cli {
namespace {

/// One shell: what surrounds the parts of the commands, and the form of help that such a part is.
struct CompletionShell {
  std::string_view name;
  console::HelpForm form;
  std::string (*beginning)(const console::ProgramSummary& program);
  std::string (*ending)();
};

constexpr std::array kShells = {
    CompletionShell{"bash", console::HelpForm::bash, console::bash_beginning, console::bash_ending},
    CompletionShell{"zsh", console::HelpForm::zsh, console::zsh_beginning, console::zsh_ending},
    CompletionShell{"fish", console::HelpForm::fish, console::fish_beginning, console::fish_ending},
};

const CompletionShell& find_shell(const std::string& name) {
  std::vector<std::string_view> names;
  for (const CompletionShell& shell : kShells) {
    if (shell.name == name) return shell;
    names.push_back(shell.name);
  }
  throw Error(not_one_of(name, names));
}

CommandLine completion_line(std::string& shell) {
  CommandLine line(
      {.name = "completion",
       .synopsis = "SHELL",
       .about = "Prints the completions of assay for a shell: commands, options, their values, records of the lab, "
                "revisions of the repository. They are installed with assay; a build that is not installed is "
                "completed after: source <(assay completion bash).",
       .exit_codes = described({ExitCode::ok, ExitCode::error}),
       .examples = {"assay completion bash > ~/.local/share/bash-completion/completions/assay",
                    "assay completion zsh > ~/.zfunc/_assay",
                    "assay completion fish > ~/.config/fish/completions/assay.fish"}});
  line.word({"SHELL", "bash, zsh or fish"}, offering({"bash", "zsh", "fish"}, into(shell)), Occurs::once);
  return line;
}

}  // namespace

ExitCode command_completion(const Arguments& arguments) {
  std::string name;
  CommandLine line = completion_line(name);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const CompletionShell& shell = find_shell(name);
  print_output(shell.beginning(program_summary()));
  for (const Command& command : commands()) (void)command.main({"--help=" + std::string(to_string(shell.form))});
  print_output(shell.ending());
  return ExitCode::ok;
}

}  // namespace assay::cli
