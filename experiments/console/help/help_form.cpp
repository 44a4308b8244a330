#include "experiments/console/help/help_form.hpp"

#include "experiments/console/help/bash_completion.hpp"
#include "experiments/console/help/fish_completion.hpp"
#include "experiments/console/help/help_text.hpp"
#include "experiments/console/help/man_page.hpp"
#include "experiments/console/help/zsh_completion.hpp"

namespace assay::console {

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

}  // namespace assay::console
