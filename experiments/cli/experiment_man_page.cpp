#include "experiments/cli/experiment_man_page.hpp"

#include <vector>

#include <fmt/format.h>

#include "core/text/plain_sentence.hpp"
#include "experiments/cli/starter.hpp"
#include "experiments/console/help/man_page.hpp"
#include "experiments/definition/key_text.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::cli {
namespace {

using console::roff_entry;
using console::roff_literal;
using console::roff_section;
using console::roff_text;
using definition::Key;
using definition::TableDescription;

/// A value keeps its first letter: a text may begin with one that counts.
std::string value_text(const std::string& markdown) {
  std::string text;
  for (const char letter : markdown) {
    if (letter != '`') text += letter;
  }
  return text;
}

std::string key_entry(const Key& key) {
  const std::string value = value_text(definition::form_of(key.shape));
  const std::string otherwise = value_text(definition::default_of(key));
  return roff_entry(key.name, fmt::format("{}{}{}", plain_sentence(key.meaning),
                                          value.empty() ? "" : fmt::format(" Value: {}.", value),
                                          otherwise.empty() ? "" : fmt::format(" Default: {}.", otherwise)));
}

std::string keys_of(const TableDescription& table) {
  std::string text;
  for (const Key& key : table.keys) {
    if (key.name != "kind" || table.kind.empty()) text += key_entry(key);
  }
  return text;
}

std::string table_section(std::string_view title, const TableDescription& table) {
  return roff_section(title) + keys_of(table);
}

/// A table with one form for each kind.
std::string kinds_section(std::string_view title, const std::vector<TableDescription>& forms) {
  std::string text = roff_section(title) + roff_text("The key \"kind\" says which of these it is.");
  for (const TableDescription& form : forms) {
    text += fmt::format(".SS \"kind = \\(dq{}\\(dq\"\n", roff_literal(form.kind)) +
            roff_text(plain_sentence(form.meaning)) + keys_of(form);
  }
  return text;
}

std::string example_section() {
  std::string text = roff_section("EXAMPLE") + ".nf\n";
  const std::string_view starter = starter_experiment();
  std::size_t begin = 0;
  while (begin < starter.size()) {
    const std::size_t end = std::min(starter.find('\n', begin), starter.size());
    const std::string_view line = starter.substr(begin, end - begin);
    text += (line.empty() ? "\\&" : roff_literal(line)) + '\n';
    begin = end + 1;
  }
  return text + ".fi\n";
}

}  // namespace

std::string experiment_man_page_body() {
  using namespace definition;
  std::string text =
      roff_section("NAME") + "assay\\-experiment \\- the experiment file of assay\n" + roff_section("DESCRIPTION");
  text += roff_text(
      "An experiment file says what differs between two arms, what is run in both, what is measured, and by which "
      "rules. People write it as TOML, programs as JSON with the same keys. Times are written with their unit (\"90 "
      "s\", \"2h30min\"), sizes too (\"512 MiB\"), and percentages with their sign (\"3%\"). A command is a list of "
      "words, and { shell = \"a | b\" } asks for a shell.");
  text += ".PP\n" + roff_text("\"assay init\" writes a file to start from, \"assay check\" looks for mistakes.");
  text += table_section("[experiment]", experiment_table()) + kinds_section("[variable]", variable_tables()) +
          table_section("A LEVEL OF SEVERAL THAT RACE", racing_level_table()) +
          table_section("[[workload]]", table_of<Workload>()) +
          table_section("limits OF A WORKLOAD", table_of<Limits>()) +
          table_section("weight OF A WORKLOAD", weight_table()) + table_section("[state.NAME]", table_of<State>()) +
          table_section("[[metric]]", table_of<Metric>()) + kinds_section("[[check]]", check_tables()) +
          table_section("[[target]]", table_of<Target>()) + table_section("[budget]", table_of<Budget>()) +
          table_section("[protocol]", table_of<Protocol>()) + table_section("[simulated]", table_of<Simulation>());
  return text + example_section() + roff_section("SEE ALSO") +
         "\\fBassay\\fR(1), \\fBassay\\-run\\fR(1), \\fBassay\\-check\\fR(1)\n";
}

}  // namespace assay::cli
