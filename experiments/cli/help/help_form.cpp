#include "experiments/cli/help/help_form.hpp"

#include "experiments/cli/help/bash_completion.hpp"
#include "experiments/cli/help/fish_completion.hpp"
#include "experiments/cli/help/help_text.hpp"
#include "experiments/cli/help/man_page.hpp"
#include "experiments/cli/help/zsh_completion.hpp"

namespace assay::cli {

std::string help_in_form(const CommandDescription& command, HelpForm form) {
  switch (form) {
    case HelpForm::text:
      return help_text(command);
    case HelpForm::man:
      return man_page_body(command);
    case HelpForm::bash:
      return bash_case(command);
    case HelpForm::zsh:
      return zsh_case(command);
    case HelpForm::fish:
      return fish_lines(command);
  }
  return "";
}

}  // namespace assay::cli
