#include "experiments/console/help/zsh_completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/shell_words.hpp"
#include "experiments/console/help/help_text.hpp"
#include "experiments/console/help/shell_quotes.hpp"
#include "experiments/console/help/value_kind.hpp"

namespace assay::console {
namespace {

constexpr std::string_view kZshHelpers = R"sh(
_assay_records() {
  local -a records
  records=(${(f)"$(assay @RECORDS@ 2>/dev/null | sed -E 's/^([0-9]+) +/\1:/')"})
  _describe -t records record records
}

_assay_revisions() {
  local -a revisions
  revisions=(HEAD ${(f)"$(git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null)"})
  compadd -a revisions
}

# The names of FORMAT=FILE, then a file.
_assay_assignments() {
  if compset -P '*='; then
    _files
  else
    compadd -S '' -- "$@"
  fi
}

_assay() {
  local context state line
  typeset -A opt_args
  _arguments -C '(- *)'{-h,--help}'[print help]' '(- *)'{-V,--version}'[print the version]' \
    '1:command:_assay_commands' '*::word:->words' && return
  [[ $state == words ]] || return
  case $line[1] in
    help) _assay_commands ;;
)sh";

/// A description inside [...] of _arguments.
std::string bracketed(const std::string& help) {
  return fmt::format("[{}]", with_backslashes(help, "[]:\\"));
}

bool is_assignment(const std::string& word) {
  return !word.empty() && word.back() == '=';
}

/// What _arguments does for a value: ":FILE:_files".
std::string zsh_action(const OptionText& text, const std::vector<std::string>& accepted) {
  const std::string message = ':' + with_backslashes(text.placeholder, ":[]") + ':';
  if (!accepted.empty()) {
    if (is_assignment(accepted.front()))
      return fmt::format("{} _assay_assignments {}", message, fmt::join(plain_words(accepted), " "));
    return fmt::format("{}({})", message, fmt::join(plain_words(accepted), " "));
  }
  switch (value_kind(text.placeholder)) {
    case ValueKind::free:
      return message + ' ';
    case ValueKind::file:
      return message + "_files";
    case ValueKind::folder:
      return message + "_files -/";
    case ValueKind::record:
      return message + "_assay_records";
    case ValueKind::revision:
      return message + "_assay_revisions";
    case ValueKind::program:
      return message + "_command_names -e";
  }
  return message;
}

/// One spelling of an option: "'(-M --max-blocks)--max-blocks=[cap of blocks]:N: '".
std::string zsh_spec(const OptionDescription& option, const std::string& spelling, std::string_view value_follows) {
  const std::string excluded = option.short_name == 0 ? fmt::format("(--{})", option.name)
                                                      : fmt::format("(-{} --{})", option.short_name, option.name);
  const bool takes_value = !value_follows.empty() && option.arity != Arity::none;
  const std::string value = takes_value ? zsh_action(option.text, option.accepted) : "";
  const bool optional = option.arity == Arity::maybe;
  return fmt::format("      {} \\\n",
                     in_shell_quotes(fmt::format("{}{}{}{}{}{}", option.arity == Arity::many ? "*" : excluded, spelling,
                                                 takes_value ? value_follows : "", bracketed(help_with_default(option)),
                                                 optional && takes_value ? ":" : "", value)));
}

std::string zsh_specs(const OptionDescription& option) {
  const bool optional = option.arity == Arity::maybe;
  std::string text = zsh_spec(option, "--" + option.name, optional ? "=-" : "=");
  if (option.short_name != 0) text += zsh_spec(option, fmt::format("-{}", option.short_name), optional ? "" : "+");
  return text;
}

std::string zsh_word_spec(const WordDescription& word, std::size_t place) {
  const bool repeats = word.occurs == Occurs::at_least_once || word.occurs == Occurs::any;
  const std::string position = repeats ? "*" : std::to_string(place);
  const std::string_view optional = !repeats && word.occurs == Occurs::at_most_once ? ":" : "";
  return fmt::format("      {} \\\n",
                     in_shell_quotes(fmt::format("{}{}{}", position, optional, zsh_action(word.text, word.accepted))));
}

}  // namespace

std::string zsh_case(const CommandDescription& command) {
  std::string text = fmt::format("    {})\n      _arguments -s \\\n", command.help.name);
  for (const OptionDescription& option : command.options) text += zsh_specs(option);
  for (std::size_t place = 0; place < command.words.size(); ++place) {
    text += zsh_word_spec(command.words[place], place + 1);
  }
  return text + "      '(- *)'{-h,--help}'[print help]' ;;\n";
}

std::string zsh_beginning(const ProgramSummary& program) {
  std::string text =
      "#compdef assay\n# Completions of assay for zsh, made by: assay completion zsh\n\n_assay_commands() {\n"
      "  local -a commands\n  commands=(\n";
  for (const CommandSummary& command : program.commands) {
    text += fmt::format("    {}\n",
                        in_shell_quotes(fmt::format("{}:{}", command.name, with_backslashes(command.summary, ":\\"))));
  }
  text += "    'help:show how one command is used'\n  )\n  _describe -t commands command commands\n}\n";
  return text + with_value(std::string(kZshHelpers), "@RECORDS@", program.list_of_records);
}

std::string zsh_ending() {
  return "  esac\n}\n\n_assay \"$@\"\n";
}

}  // namespace assay::console
