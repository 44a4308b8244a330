#include "experiments/formats/plan/question_outline.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/one_of.hpp"
#include "core/text/shell_words.hpp"
#include "core/text/wrappers.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plain_paths.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {
namespace {

using nlohmann::json;
using Settings = std::map<std::string, std::optional<std::string>>;

/// Stands in the common command for words that differ.
constexpr const char* kDiffering = "{}";

/// What one arm runs, without wrappers.
struct ArmCommand {
  Argv argv;
  Settings settings;
};

Argv given_argv(const Plan& plan, const Workload& workload, const LevelValue& value) {
  if (const auto* command = std::get_if<CommandLevel>(&value)) return command->argv;
  const auto* const argument = std::get_if<ArgumentLevel>(&value);
  return argument == nullptr ? workload.command : with_argument(workload.command, plan.variable.name, argument->value);
}

ArmCommand command_of_arm(const Plan& plan, const Workload& workload, ArmIndex arm) {
  const LevelValue& value = plan.variable.levels[arm].value;
  UnwrappedCommand command = unwrapped(given_argv(plan, workload, value));
  ArmCommand result{std::move(command.argv), {workload.set.begin(), workload.set.end()}};
  if (!result.argv.empty()) result.argv.front() = program_of(result.argv.front(), workload, plan);
  const auto put = [&result](const Settings& settings) {
    for (const auto& [name, setting] : settings) result.settings[name] = setting;
  };
  if (const auto* environment = std::get_if<EnvironmentLevel>(&value)) put({{plan.variable.name, environment->value}});
  if (const auto* settings = std::get_if<SettingsLevel>(&value)) put(settings->set);
  put(command.settings);
  return result;
}

json value_or_null(const Settings& settings, const std::string& name) {
  const auto found = settings.find(name);
  return found == settings.end() || !found->second ? json(nullptr) : json(*found->second);
}

json differing_settings(const ArmCommand& control, const ArmCommand& treatment) {
  Settings all = control.settings;
  all.insert(treatment.settings.begin(), treatment.settings.end());
  json differing = json::object();
  for (const auto& [name, unused] : all) {
    const json one = value_or_null(control.settings, name);
    const json other = value_or_null(treatment.settings, name);
    if (one != other) differing[name] = {one, other};
  }
  return differing;
}

/// The words that both have in common and, in `differing`, those that they do not.
Argv common_words(const Argv& control, const Argv& treatment, json& differing) {
  Argv common;
  if (control.size() == treatment.size()) {
    for (std::size_t word = 0; word < control.size(); ++word) {
      const bool is_same = control[word] == treatment[word];
      common.push_back(is_same ? control[word] : kDiffering);
      if (!is_same) differing.push_back({control[word], treatment[word]});
    }
    return common;
  }
  const auto ends = std::mismatch(control.begin(), control.end(), treatment.begin(), treatment.end());
  const auto tails = std::mismatch(control.rbegin(), std::make_reverse_iterator(ends.first), treatment.rbegin(),
                                   std::make_reverse_iterator(ends.second));
  differing.push_back({Argv(ends.first, tails.first.base()), Argv(ends.second, tails.second.base())});
  common.assign(control.begin(), ends.first);
  common.emplace_back(kDiffering);
  common.insert(common.end(), tails.first.base(), control.end());
  return common;
}

json state_named(const Plan& plan, const std::string& name) {
  for (const State& state : plan.states) {
    if (state.name != name) continue;
    json tree = json::parse(text_of(state));
    tree.erase("name");
    return tree;
  }
  return name;
}

/// What a level is beside a command and its settings.
struct LevelContent {
  const Plan& plan;

  json operator()(const SourceLevel& level) const { return {{"tree", level.tree}}; }
  json operator()(const FileLevel& level) const { return {{"file", level.sha256}}; }
  json operator()(const StateLevel& level) const { return {{"state", state_named(plan, level.state)}}; }
  template <OneOf<EnvironmentLevel, ArgumentLevel, CommandLevel, SettingsLevel> Worded>
  json operator()(const Worded&) const {
    return nullptr;
  }
};

std::vector<std::string> hooks_of(const Workload& workload) {
  std::vector<std::string> hooks;
  const auto add = [&hooks](std::string_view name, const Argv& argv) {
    if (!argv.empty()) hooks.push_back(fmt::format("{}: {}", name, shell_words(argv)));
  };
  add(sets_up_each_trial(workload) ? "setup per trial" : "setup", workload.hooks.setup);
  add("prepare", workload.hooks.prepare);
  add("conclude", workload.hooks.conclude);
  add("cleanup", workload.hooks.cleanup);
  return hooks;
}

/// std::nullopt if treatment is the same as control.
std::optional<QuestionOutline> outline_of(const Plan& plan, const Workload& workload, ArmIndex treatment) {
  const ArmCommand one = command_of_arm(plan, workload, kControl);
  const ArmCommand other = command_of_arm(plan, workload, treatment);
  const LevelValue& level = plan.variable.levels[treatment].value;
  const json content = std::visit(LevelContent{plan}, plan.variable.levels[kControl].value);
  const json other_content = std::visit(LevelContent{plan}, level);
  QuestionOutline outline;
  json words = json::array();
  outline.command = common_words(one.argv, other.argv, words);
  outline.hooks = hooks_of(workload);
  const json settings = differing_settings(one, other);
  json levels = json::object();
  if (!settings.empty()) levels["set"] = settings;
  if (!words.empty()) levels["words"] = words;
  if (content != other_content) levels["content"] = {content, other_content};
  if (levels.empty()) return std::nullopt;
  outline.levels = canonical_json(levels);
  if (const auto* source = std::get_if<SourceLevel>(&level)) outline.treatment_tree = source->tree;
  return outline;
}

}  // namespace

std::vector<QuestionOutline> question_outlines(const Plan& plan) {
  std::vector<QuestionOutline> outlines;
  for (const Workload& workload : plan.workloads) {
    for (ArmIndex treatment = 1; treatment < arm_count(plan); ++treatment) {
      std::optional<QuestionOutline> outline = outline_of(plan, workload, treatment);
      const bool is_new = outline && std::find(outlines.begin(), outlines.end(), *outline) == outlines.end();
      if (is_new) outlines.push_back(*std::move(outline));
    }
  }
  return outlines;
}

template <>
const Description& description_of<QuestionOutline>() {
  static const Description description =
      Object<QuestionOutline>("outline")
          .always<&QuestionOutline::levels>("levels", "what differs between the arms")
          .always<&QuestionOutline::command>("command", "what both arms run")
          .always<&QuestionOutline::hooks>("hooks", "what is run around trials")
          .unless_default<&QuestionOutline::treatment_tree>("treatment_tree", "object id of treatment's sources");
  return description;
}

}  // namespace assay::formats
