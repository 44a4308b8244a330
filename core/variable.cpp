#include "core/variable.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace assay {
namespace {

struct LevelText {
  std::string operator()(const EnvironmentLevel& level) const { return level.value.value_or("unset"); }
  std::string operator()(const ArgumentLevel& level) const { return level.value; }
  std::string operator()(const CommandLevel& level) const { return fmt::format("{}", fmt::join(level.argv, " ")); }
  std::string operator()(const SourceLevel& level) const {
    std::string text = level.patch.empty() ? level.revision : fmt::format("{} with {}", level.revision, level.patch);
    return level.commit.empty() ? text : fmt::format("{} ({})", text, short_object_id(level.commit));
  }
  std::string operator()(const FileLevel& level) const { return level.file; }
  std::string operator()(const StateLevel& level) const { return level.state; }
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

std::string short_object_id(const std::string& id) {
  constexpr std::size_t kDigits = 10;
  return id.substr(0, kDigits);
}

}  // namespace assay
