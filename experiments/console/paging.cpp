#include "experiments/console/paging.hpp"

#include <cstdlib>
#include <string>

#include "core/host/terminal/pager.hpp"
#include "experiments/console/output.hpp"
#include "experiments/console/terminal.hpp"

namespace assay::console {
namespace {

/// The command that shows long text; empty: none.
std::string pager_command() {
  for (const char* name : {"ASSAY_PAGER", "PAGER"}) {
    if (const char* const command = std::getenv(name)) return std::string_view(command) == "cat" ? "" : command;
  }
  return "less";
}

bool has_pager(Paging paging) {
  const Terminal terminal = read_terminal();
  return paging == Paging::automatic && terminal.output_is_terminal && !terminal.dumb;
}

}  // namespace

void add_paging_option(CommandLine& line, Paging& paging) {
  line.option("no-pager", {"", "do not show long text on a terminal by $ASSAY_PAGER, $PAGER or less"},
              {Arity::none, [&paging](const std::string&) { paging = Paging::never; }, ""});
}

void print_paged(std::string_view text, Paging paging) {
  const std::string command = has_pager(paging) ? pager_command() : "";
  if (!command.empty()) {
    setenv("LESS", "FRX", 0);  // as git does; a user's own setting stays
    if (host::show_by_pager(command, text) == host::PagerEnd::shown) return;
  }
  print_output(text);
}

}  // namespace assay::console
