#include "experiments/console/help/bash_completion.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/text/shell_words.hpp"
#include "experiments/console/help/shell_quotes.hpp"
#include "experiments/console/help/value_kind.hpp"

namespace assay::console {
namespace {

constexpr std::string_view kBashBeginning = R"sh(# Completions of assay for bash, made by: assay completion bash

_assay_records() {
  assay @RECORDS@ 2>/dev/null | cut -d ' ' -f 1
}

_assay_revisions() {
  git for-each-ref --format='%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
  echo HEAD
}

# Each line of standard input as a word of the shell: names of branches come from strangers.
_assay_quoted() {
  local line
  while IFS= read -r line; do printf '%q\n' "$line"; done
}

# _assay_match BEGINNING: those lines of standard input that begin so, of which nothing is expanded (compgen -W would).
_assay_match() {
  local line
  while IFS= read -r line; do
    [[ $line == "$1"* ]] && COMPREPLY+=("$line")
  done
}

# _assay_offer KIND BEGINNING [WORD...]
_assay_offer() {
  local kind=$1 beginning=$2
  shift 2
  COMPREPLY=()
  case $kind in
    file) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$beginning") ;;
    folder) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- "$beginning") ;;
    program) compopt -o filenames; mapfile -t COMPREPLY < <(compgen -c -- "$beginning") ;;
    record) _assay_match "$beginning" < <(_assay_records | _assay_quoted) ;;
    revision) _assay_match "$beginning" < <(_assay_revisions | _assay_quoted) ;;
    words)
      _assay_match "$beginning" < <(printf '%s\n' "$@")
      [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace ;;
  esac
}

_assay() {
  local current=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} after_equals= index
  local -a commands=(@COMMANDS@)
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _assay_offer words "$current" "${commands[@]}" help --help --version
    return
  fi
  # After -- stands a command with its own options.
  for ((index = 2; index < COMP_CWORD; ++index)); do
    [[ ${COMP_WORDS[index]} == -- ]] && { _assay_offer file "$current"; return; }
  done
  # bash takes the = of --color=auto and of FORMAT=FILE for a word of its own.
  if [[ $current == = ]]; then
    current= after_equals=1
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[COMP_CWORD - 2]} after_equals=1
  fi
  if [[ -n $after_equals && $option != -* ]]; then
    _assay_offer file "$current"
    return
  fi

  local -a options=(--help) value=() word=()
  case ${COMP_WORDS[1]} in
    help) word=(words "${commands[@]}") ;;
)sh";

constexpr std::string_view kBashEnding = R"sh(  esac
  if [[ ${#value[@]} -gt 0 ]]; then
    _assay_offer "${value[0]}" "$current" "${value[@]:1}"
  elif [[ $current == -* ]]; then
    _assay_match "$current" < <(printf '%s\n' "${options[@]}")
  elif [[ ${#word[@]} -gt 0 ]]; then
    _assay_offer "${word[0]}" "$current" "${word[@]:1}"
  fi
}

complete -F _assay assay
)sh";

std::string bash_kind_name(ValueKind kind) {
  switch (kind) {
    case ValueKind::free:
      return "nothing";
    case ValueKind::file:
      return "file";
    case ValueKind::folder:
      return "folder";
    case ValueKind::record:
      return "record";
    case ValueKind::revision:
      return "revision";
    case ValueKind::program:
      return "program";
  }
  return "";
}

/// The words of the array that says what is offered: "file", or "words auto always never".
std::string bash_offer(const OptionText& text, const std::vector<std::string>& accepted) {
  if (accepted.empty()) return bash_kind_name(value_kind(text.placeholder));
  std::string words = "words";
  for (const std::string& word : plain_words(accepted)) words += ' ' + in_shell_quotes(word);
  return words;
}

std::string bash_spellings(const OptionDescription& option, std::string_view separator) {
  const std::string long_name = "--" + option.name;
  return option.short_name == 0 ? long_name : fmt::format("-{}{}{}", option.short_name, separator, long_name);
}

}  // namespace

std::string bash_case(const CommandDescription& command) {
  std::string text = fmt::format("    {})\n      options+=(", command.help.name);
  for (const OptionDescription& option : command.options) {
    text += fmt::format("{}{}", &option == &command.options.front() ? "" : " ", bash_spellings(option, " "));
  }
  text += ")\n";
  if (!command.words.empty()) {
    text += fmt::format("      word=({})\n", bash_offer(command.words.back().text, command.words.back().accepted));
  }
  std::string cases;
  for (const OptionDescription& option : command.options) {
    if (option.arity == Arity::none || option.arity == Arity::maybe) continue;
    cases += fmt::format("        {}) value=({}) ;;\n", bash_spellings(option, " | "),
                         bash_offer(option.text, option.accepted));
  }
  if (!cases.empty()) text += fmt::format("      case $option in\n{}      esac\n", cases);
  return text + "      ;;\n";
}

std::string bash_beginning(const ProgramSummary& program) {
  std::vector<std::string_view> names;
  for (const CommandSummary& command : program.commands) names.push_back(command.name);
  return with_value(with_value(std::string(kBashBeginning), "@RECORDS@", program.list_of_records), "@COMMANDS@",
                    fmt::format("{}", fmt::join(names, " ")));
}

std::string bash_ending() {
  return std::string(kBashEnding);
}

}  // namespace assay::console
