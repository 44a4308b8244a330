#include "experiments/console/help/man_page.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "core/version.hpp"
#include "experiments/console/help/help_text.hpp"
#include "experiments/report/layout.hpp"

namespace assay::console {
namespace {

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return result;
}

/// "\fB-M\fR, \fB--max-blocks\fR \fIN\fR", with the hyphens that people type.
std::string option_tag(const OptionDescription& option) {
  std::string tag =
      option.short_name == 0 ? "" : fmt::format("\\fB{}\\fR, ", roff_literal(std::string{'-', option.short_name}));
  tag += fmt::format("\\fB{}\\fR", roff_literal("--" + option.name));
  if (!option.text.placeholder.empty()) {
    const std::string value = fmt::format("\\fI{}\\fR", roff_literal(option.text.placeholder));
    tag += option.arity == Arity::maybe ? fmt::format("[={}]", value) : ' ' + value;
  }
  return tag;
}

std::string options_section(const CommandDescription& command) {
  std::string text = roff_section("OPTIONS");
  for (const WordDescription& word : command.words) {
    text += fmt::format(".TP\n\\fI{}\\fR\n{}", roff_literal(word.text.placeholder), roff_text(word.text.help));
  }
  std::string group;
  for (const OptionDescription& option : command.options) {
    const bool has_title = option.group != group && option.group != "Options";
    if (has_title) text += fmt::format(".SS {}\n", option.group);
    group = option.group;
    text += fmt::format(".TP\n{}\n{}", option_tag(option), roff_text(help_with_default(option)));
  }
  return text;
}

}  // namespace

std::string roff_literal(std::string_view text) {
  std::string escaped;
  for (const char letter : text) {
    switch (letter) {
      case '\\':
        escaped += "\\e";
        break;
      case '-':
        escaped += "\\-";
        break;
      case '\'':
        escaped += "\\(aq";
        break;
      case '`':
        escaped += "\\(ga";
        break;
      case '^':
        escaped += "\\(ha";
        break;
      case '~':
        escaped += "\\(ti";
        break;
      default:
        escaped += letter;
    }
  }
  const bool is_control = !escaped.empty() && escaped.front() == '.';
  return is_control ? "\\&" + escaped : escaped;
}

std::string roff_text(std::string_view text) {
  constexpr int kWidth = 78;
  const std::string lines = report::wrap(text, kWidth);
  std::string escaped;
  std::size_t begin = 0;
  while (begin < lines.size()) {
    const std::size_t end = lines.find('\n', begin);
    escaped += roff_literal(std::string_view(lines).substr(begin, end - begin)) + '\n';
    begin = end + 1;
  }
  return escaped;
}

std::string roff_section(std::string_view title) {
  return fmt::format(".SH {}\n", title);
}

std::string roff_entry(std::string_view bold, std::string_view explanation) {
  return fmt::format(".TP\n\\fB{}\\fR\n{}", roff_literal(bold), roff_text(explanation));
}

std::string roff_exit_status(const std::vector<ExitMeaning>& codes) {
  std::string text = roff_section("EXIT STATUS");
  for (const ExitMeaning& code : codes) text += roff_entry(std::to_string(code.number), code.words);
  return text;
}

std::string roff_examples(const std::vector<std::string>& examples) {
  if (examples.empty()) return "";
  std::string text = roff_section("EXAMPLES") + ".nf\n";
  for (const std::string& example : examples) text += roff_literal(example) + '\n';
  return text + ".fi\n";
}

std::string man_page_title(const ManPageName& page, Date date) {
  return fmt::format(".TH {} {} {} \"assay {}\" \"assay manual\"\n", roff_literal(upper(page.name)), page.section,
                     format_date(date), program_version());
}

std::string man_page_body(const CommandDescription& command) {
  const CommandHelp& help = command.help;
  return roff_section("NAME") +
         fmt::format("{} \\- {}", roff_literal("assay-" + help.name), roff_text(command.summary)) +
         roff_section("SYNOPSIS") +
         fmt::format("\\fBassay {}\\fR {}{}[\\fIOPTIONS\\fR]\n", help.name, roff_literal(help.synopsis),
                     help.synopsis.empty() ? "" : " ") +
         roff_section("DESCRIPTION") + roff_text(help.about) + options_section(command) +
         roff_exit_status(help.exit_codes) + roff_examples(help.examples) + roff_section("SEE ALSO") +
         "\\fBassay\\fR(1), \\fBassay\\-experiment\\fR(5)\n";
}

}  // namespace assay::console
