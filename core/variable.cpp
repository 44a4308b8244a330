#include "core/variable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay {
namespace {

struct LevelText {
  std::string operator()(const EnvironmentLevel& level) const { return level.value.value_or("unset"); }
  std::string operator()(const ArgumentLevel& level) const { return level.value; }
  std::string operator()(const CommandLevel& level) const { return fmt::format("{}", fmt::join(level.argv, " ")); }
};

}  // namespace

std::string describe(const Variable& variable) {
  std::string text = fmt::format("{}{}{}:", to_string(variable.kind), variable.name.empty() ? "" : " ", variable.name);
  const char* separator = " ";
  for (const Level& level : variable.levels) {
    text += separator + std::visit(LevelText{}, level.value);
    separator = " -> ";
  }
  return text;
}

}  // namespace assay
