#include "experiments/cli/help/man_page.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "core/version.hpp"
#include "experiments/cli/help/help_text.hpp"
#include "experiments/report/layout.hpp"

namespace assay::cli {
namespace {

struct Explained {
  std::string_view name;
  std::string_view meaning;
};

constexpr std::array kFiles = {
    Explained{".assay/lab.db", "the journal: every trial, as it ends"},
    Explained{".assay/records/", "the evidence of every attempt and decision; commit these"},
    Explained{".assay/environments.toml", "how machines are recognised"},
    Explained{"DECISIONS.md", "what was kept and what was discarded, rendered from the records"},
};

constexpr std::array kEnvironment = {
    Explained{"ASSAY_ACTOR", "who acts, if --actor is not given; else git's user.email"},
    Explained{"ASSAY_LOCK_DIR", "where the lock is that lets one measurement run at a time on a host"},
    Explained{"ASSAY_PAGER, PAGER", "the program that shows long text on a terminal; \"cat\" or empty: none"},
    Explained{"ASSAY_SPANS", "set for every trial: where its phases are to be written, see assay-span(1)"},
    Explained{"NO_COLOR", "if it is not empty, there are no colours unless --color always is given"},
};

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return result;
}

std::string exit_status(const std::vector<ExitCode>& codes) {
  std::string text = roff_section("EXIT STATUS");
  for (const ExitCode code : codes) text += roff_entry(std::to_string(static_cast<int>(code)), describe(code));
  return text;
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

std::string examples_section(const std::vector<std::string>& examples) {
  if (examples.empty()) return "";
  std::string text = roff_section("EXAMPLES") + ".nf\n";
  for (const std::string& example : examples) text += roff_literal(example) + '\n';
  return text + ".fi\n";
}

std::string_view summary_of(const std::string& name) {
  for (const Command& command : commands()) {
    if (command.name == name) return command.summary;
  }
  return "";
}

std::string page_name(std::string_view command) {
  return fmt::format("\\fB{}\\fR(1)", roff_literal(fmt::format("assay-{}", command)));
}

template <class List>
std::string explained_section(std::string_view title, const List& list) {
  std::string text = roff_section(title);
  for (const Explained& explained : list) text += roff_entry(explained.name, explained.meaning);
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

std::string man_page_title(const ManPageName& page, Date date) {
  return fmt::format(".TH {} {} {} \"assay {}\" \"assay manual\"\n", roff_literal(upper(page.name)), page.section,
                     format_date(date), program_version());
}

std::string man_page_body(const CommandDescription& command) {
  const CommandHelp& help = command.help;
  return roff_section("NAME") +
         fmt::format("{} \\- {}", roff_literal("assay-" + help.name), roff_text(summary_of(help.name))) +
         roff_section("SYNOPSIS") +
         fmt::format("\\fBassay {}\\fR {}{}[\\fIOPTIONS\\fR]\n", help.name, roff_literal(help.synopsis),
                     help.synopsis.empty() ? "" : " ") +
         roff_section("DESCRIPTION") + roff_text(help.about) + options_section(command) + exit_status(help.exit_codes) +
         examples_section(help.examples) + roff_section("SEE ALSO") +
         "\\fBassay\\fR(1), \\fBassay\\-experiment\\fR(5)\n";
}

std::string program_man_page_body() {
  std::string text = roff_section("NAME") + "assay \\- settle by controlled trials whether a change made it better\n" +
                     roff_section("SYNOPSIS") + "\\fBassay\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]\n" +
                     roff_section("DESCRIPTION");
  text += roff_text(
      "assay runs two versions of something again and again in randomised blocks, tests whether the difference is "
      "real and big enough to matter, checks that nothing correct was given up for it, stops as soon as the evidence "
      "allows, and writes down the decision with the evidence to recompute it.");
  text += roff_section("COMMANDS");
  for (const Command& command : commands()) {
    text += fmt::format(".TP\n{}\n{}", page_name(command.name), roff_text(command.summary));
  }
  text += roff_section("OPTIONS") + roff_entry("--help, -h", "print all commands and exit codes") +
          roff_entry("--version, -V", "print the version, compiler and libraries");
  text += exit_status(all_exit_codes()) + explained_section("ENVIRONMENT", kEnvironment) +
          explained_section("FILES", kFiles);
  text += examples_section({"assay compare 'gzip -1 -c big.txt' 'gzip -6 -c big.txt'",
                            "assay compare --rev main --rev HEAD --build make -- ./bench", "assay init",
                            "assay run experiment.toml"});
  return text + roff_section("SEE ALSO") + "\\fBassay\\-experiment\\fR(5), \\fBhyperfine\\fR(1), \\fBgit\\fR(1)\n";
}

}  // namespace assay::cli
