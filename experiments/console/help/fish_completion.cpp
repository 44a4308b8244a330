#include "experiments/console/help/fish_completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/console/help/shell_quotes.hpp"
#include "experiments/console/help/value_kind.hpp"

namespace assay::console {
namespace {

constexpr std::string_view kFishBeginning = R"sh(# Completions of assay for fish, made by: assay completion fish

function __assay_command_is
    set -l words (commandline -opc)
    test (count $words) -ge 2; and contains -- $words[2] $argv
end

function __assay_has_no_command
    test (count (commandline -opc)) -eq 1
end

function __assay_records
    assay @RECORDS@ 2>/dev/null | string replace -r '^(\d+) +' '$1\t'
end

function __assay_revisions
    echo HEAD
    git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
end

complete -c assay -f
complete -c assay -s h -l help -d 'print help'
complete -c assay -n __assay_has_no_command -s V -l version -d 'print the version'
complete -c assay -n __assay_has_no_command -a help -d 'show how one command is used'
)sh";

/// The options of `complete` that say what is offered: "-x -a 'auto always never'", "-r -F".
std::string fish_offer(const OptionText& text, const std::vector<std::string>& accepted) {
  if (!accepted.empty()) return "-x -a " + in_fish_quotes(fmt::format("{}", fmt::join(plain_words(accepted), " ")));
  switch (value_kind(text.placeholder)) {
    case ValueKind::free:
      return "-x";
    case ValueKind::file:
      return "-r -F";
    case ValueKind::folder:
      return "-x -a '(__fish_complete_directories)'";
    case ValueKind::record:
      return "-x -a '(__assay_records)'";
    case ValueKind::revision:
      return "-x -a '(__assay_revisions)'";
    case ValueKind::program:
      return "-x -a '(__fish_complete_command)'";
  }
  return "";
}

std::string line_of(const CommandHelp& command, std::string_view rest) {
  return fmt::format("complete -c assay -n '__assay_command_is {}' {}\n", command.name, rest);
}

std::string option_line(const CommandHelp& command, const OptionDescription& option) {
  const std::string short_name = option.short_name == 0 ? "" : fmt::format("-s {} ", option.short_name);
  const bool takes_value = option.arity == Arity::one || option.arity == Arity::many;
  const std::string value = takes_value ? ' ' + fish_offer(option.text, option.accepted) : "";
  return line_of(command,
                 fmt::format("{}-l {}{} -d {}", short_name, option.name, value, in_fish_quotes(option.text.help)));
}

}  // namespace

std::string fish_lines(const CommandDescription& command) {
  std::string text;
  for (const OptionDescription& option : command.options) text += option_line(command.help, option);
  for (const WordDescription& word : command.words) {
    if (!word.accepted.empty() || value_kind(word.text.placeholder) != ValueKind::free) {
      text += line_of(command.help, fish_offer(word.text, word.accepted));
    }
  }
  return text;
}

std::string fish_beginning(const ProgramSummary& program) {
  std::string text = with_value(std::string(kFishBeginning), "@RECORDS@", program.list_of_records);
  std::vector<std::string_view> names;
  for (const CommandSummary& command : program.commands) {
    names.push_back(command.name);
    text += fmt::format("complete -c assay -n __assay_has_no_command -a {} -d {}\n", command.name,
                        in_fish_quotes(command.summary));
  }
  return text + fmt::format("complete -c assay -n '__assay_command_is help' -a '{}'\n", fmt::join(names, " "));
}

std::string fish_ending() {
  return "";
}

}  // namespace assay::console
