#include "experiments/console/help/help_text.hpp"

#include <fmt/format.h>

#include "experiments/report/layout.hpp"

namespace assay::console {
namespace {

using report::Indent;
using report::pad_right;
using report::wrap;

/// Column at which explanations begin.
constexpr int kExplanation = 26;

/// "  --margin PERCENT        smallest effect ...", on a line of its own where the left side is too long.
std::string entry(const std::string& left, const std::string& explanation, int width) {
  const Indent indent{pad_right(left, kExplanation), std::string(kExplanation, ' ')};
  if (static_cast<int>(left.size()) < kExplanation - 1) return wrap(explanation, width, indent);
  return left + '\n' + wrap(explanation, width, {indent.rest, indent.rest});
}

std::string options_text(const std::vector<OptionDescription>& options, int width) {
  std::string text;
  std::string group;
  for (const OptionDescription& option : options) {
    if (option.group != group) text += fmt::format("\n{}:\n", option.group);
    group = option.group;
    const std::string short_name = option.short_name == 0 ? "    " : fmt::format("-{}, ", option.short_name);
    text += entry(fmt::format("  {}--{}{}", short_name, option.name, value_in_help(option)), help_with_default(option),
                  width);
  }
  return text;
}

}  // namespace

std::string help_with_default(const OptionDescription& option) {
  const std::string& help = option.text.help;
  return option.default_text.empty() ? help : fmt::format("{} (default {})", help, option.default_text);
}

std::string help_text(const CommandDescription& command, int width) {
  std::string text = fmt::format("usage: {}\n\n{}", usage_of(command.help), wrap(command.help.about, width));
  if (!command.words.empty()) text += '\n';
  for (const WordDescription& word : command.words) {
    text += entry("  " + word.text.placeholder, word.text.help, width);
  }
  text += options_text(command.options, width);
  text += "\n  -h, --help              print this\n";

  text += "\nExit codes:\n";
  for (const ExitMeaning& code : command.help.exit_codes) {
    text += wrap(code.words, width, {fmt::format("  {:<5}", code.number), "       "});
  }
  if (!command.help.examples.empty()) text += "\nExamples:\n";
  for (const std::string& example : command.help.examples) text += "  " + example + '\n';
  return text;
}

}  // namespace assay::console
