#include "experiments/console/help/command_description.hpp"

#include <fmt/format.h>

namespace assay::console {

std::string usage_of(const CommandHelp& help) {
  return fmt::format("assay {}{}{} [OPTIONS]", help.name, help.synopsis.empty() ? "" : " ", help.synopsis);
}

std::string value_in_help(const OptionDescription& option) {
  const std::string& placeholder = option.text.placeholder;
  if (placeholder.empty()) return "";
  return option.arity == Arity::maybe ? fmt::format("[={}]", placeholder) : " " + placeholder;
}

}  // namespace assay::console
