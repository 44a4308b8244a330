#include <algorithm>

#include <fmt/format.h>

#include "experiments/cli/command_line.hpp"
#include "experiments/cli/exit_codes.hpp"
#include "experiments/report/layout.hpp"

namespace assay::cli {
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

std::string with_default(const std::string& help, const ValueTarget& target) {
  return target.default_text.empty() ? help : fmt::format("{} (default {})", help, target.default_text);
}

}  // namespace

std::string CommandLine::help_text(int width) const {
  std::string text = usage() + "\n\n" + wrap(help_.about, width);
  if (!words_.empty()) text += '\n';
  for (const Word& word : words_) text += entry("  " + word.text.placeholder, word.text.help, width);

  std::string group;
  for (const Option& option : options_) {
    if (option.group != group) text += fmt::format("\n{}:\n", option.group);
    group = option.group;
    const std::string short_name = option.short_name == 0 ? "    " : fmt::format("-{}, ", option.short_name);
    const std::string blank = option.text.placeholder.empty() ? "" : " ";
    text += entry(fmt::format("  {}--{}{}{}", short_name, option.name, blank, option.text.placeholder),
                  with_default(option.text.help, option.target), width);
  }
  text += "\n  -h, --help              print this\n";

  text += "\nExit codes:\n";
  for (const ExitCode code : help_.exit_codes) {
    text += wrap(describe(code), width, {fmt::format("  {:<5}", static_cast<int>(code)), "       "});
  }
  if (!help_.examples.empty()) text += "\nExamples:\n";
  for (const std::string& example : help_.examples) text += "  " + example + '\n';
  return text;
}

}  // namespace assay::cli
