#include "core/assert.hpp"
#include "experiments/formats/object.hpp"
#include "experiments/formats/plan/plan_fields.hpp"

namespace assay::formats {
namespace {

// An absent environment variable is `"unset": true`, so that it differs from an empty one.
const bool* unset(const EnvironmentLevel& level) {
  static constexpr bool kUnset = true;
  return level.value || !level.hmac.empty() ? nullptr : &kUnset;
}
/// A value that looks secret is never written down.
const std::string* shown_value(const EnvironmentLevel& level) {
  return level.value && level.hmac.empty() ? &*level.value : nullptr;
}
std::string& value_of(EnvironmentLevel& level) {
  return level.value.emplace();
}

// One patch is written as two keys of the level, as it was before there could be more; several are a list.
const std::string* only_file(const SourceLevel& level) {
  return level.patches.size() == 1 ? &level.patches.front().file : nullptr;
}
const std::string* only_sha256(const SourceLevel& level) {
  return level.patches.size() == 1 ? &level.patches.front().sha256 : nullptr;
}
const std::vector<Patch>* several_patches(const SourceLevel& level) {
  return level.patches.size() > 1 ? &level.patches : nullptr;
}
Patch& only_patch(SourceLevel& level) {
  level.patches.resize(1);
  return level.patches.front();
}
std::string& only_file_of(SourceLevel& level) {
  return only_patch(level).file;
}
std::string& only_sha256_of(SourceLevel& level) {
  return only_patch(level).sha256;
}
std::vector<Patch>& patches_of(SourceLevel& level) {
  return level.patches;
}

/// A value that looks secret is never written down.
struct PublicSettingsCodec {
  using Settings = std::map<std::string, std::optional<std::string>>;
  static void write(const SettingsLevel& level, CanonicalWriter& writer) {
    Settings shown = level.set;
    for (const auto& [name, hash] : level.set_hmac) shown.erase(name);
    Codec<Settings>::write(shown, writer);
  }
  static void read(const Field& field, SettingsLevel& level) { Codec<Settings>::read(field, level.set); }
  static Form form() { return Codec<Settings>::form(); }
};

void check_level(const Level& level, const Field& field) {
  if (std::holds_alternative<EnvironmentLevel>(level.value) && !field.find("unset") && !field.find("hmac")) {
    (void)field.at("value");
  }
  const auto* const source = std::get_if<SourceLevel>(&level.value);
  if (source != nullptr && field.find("patch")) (void)field.at("patch_sha256");
}

void check_source(const SourceBuild& source, const Field& field) {
  if (source.builds < 1) field.at("builds").fail("each arm is built once or more often");
}

void check_variable(const Variable& variable, const Field& field) {
  if (variable.levels.size() < 2) field.at("levels").fail("a variable has two levels or more");
  if (has_source(variable)) (void)field.at("source");
}

/// An empty level of the form that a plan's level has: the variable's kind decides, or in a race the level itself.
LevelValue empty_level(VariableKind kind, const Field& field) {
  switch (kind) {
    case VariableKind::env:
      return EnvironmentLevel{};
    case VariableKind::argument:
      return ArgumentLevel{};
    case VariableKind::command:
      return CommandLevel{};
    case VariableKind::revision:
    case VariableKind::patch:
      return SourceLevel{};
    case VariableKind::file:
      return FileLevel{};
    case VariableKind::state:
      return StateLevel{};
    case VariableKind::level:
      if (field.find("set")) return SettingsLevel{};
      if (field.find("revision")) return SourceLevel{};
      return empty_level(field.at("as").name_of<VariableKind>(), field);
  }
  ASSAY_ASSERT(false);
  return {};
}

/// The levels of a variable. A level that races says with `as` whether its value is that of an argument or of an
/// environment variable; for others the variable's kind says so.
struct LevelsCodec {
  static void write(const Variable& variable, CanonicalWriter& writer) {
    writer.begin_array();
    for (const Level& level : variable.levels) {
      writer.begin_object();
      if (variable.kind == VariableKind::level) {  // "as" comes before every other key of a level
        if (std::holds_alternative<ArgumentLevel>(level.value)) writer.member("as", to_string(VariableKind::argument));
        if (std::holds_alternative<EnvironmentLevel>(level.value)) writer.member("as", to_string(VariableKind::env));
      }
      description_of<Level>().write_members(&level, writer);
      writer.end_object();
    }
    writer.end_array();
  }
  static void read(const Field& field, Variable& variable) {
    for (const Field& element : field.elements()) {
      Level& level = variable.levels.emplace_back();
      level.value = empty_level(variable.kind, element);
      description_of<Level>().read_members(element, &level);
    }
  }
  static Form form() { return Codec<std::vector<Level>>::form(); }
};

}  // namespace

template <>
const Description& description_of<EnvironmentLevel>() {
  static const Description description =
      Object<EnvironmentLevel>("level that is an environment variable")
          .found_by<shown_value, value_of>("value", "what the environment variable is set to")
          .unless_default<&EnvironmentLevel::hmac>(
              "hmac", "HMAC-SHA-256 of `NAME=value` under the lab's key, in place of a value that is not written down")
          .written_by<unset>("unset", "true for an environment variable that is absent");
  return description;
}

template <>
const Description& description_of<ArgumentLevel>() {
  static const Description description =
      Object<ArgumentLevel>("level that is an argument")
          .always<&ArgumentLevel::value>("value", "what replaces `{NAME}` in the commands");
  return description;
}

template <>
const Description& description_of<SettingsLevel>() {
  static const Description description =
      Object<SettingsLevel>("level of several environment variables")
          .from_whole<PublicSettingsCodec>("set", "the variables' values; null: the variable is absent")
          .unless_default<&SettingsLevel::set_hmac>("set_hmac",
                                                    "HMAC-SHA-256 of `NAME=value` under the lab's key for each "
                                                    "variable whose value is not written down");
  return description;
}

template <>
const Description& description_of<CommandLevel>() {
  static const Description description =
      Object<CommandLevel>("level that is a command").always<&CommandLevel::argv>("command", "the whole command");
  return description;
}

template <>
const Description& description_of<Patch>() {
  static const Description description = Object<Patch>("patch")
                                             .always<&Patch::file>("file", "the patch file, as the user named it")
                                             .always<&Patch::sha256>("sha256", "SHA-256 of its content");
  return description;
}

template <>
const Description& description_of<SourceLevel>() {
  static const Description description =
      Object<SourceLevel>("level that is a revision, or has patches")
          .always<&SourceLevel::revision>("revision", "the git revision, as the user named it")
          .always<&SourceLevel::commit>("commit", "its object id")
          .always<&SourceLevel::tree>("tree", "object id of all the files, with the patches")
          .found_by<only_file, only_file_of>("patch", "the patch file, if there is exactly one")
          .found_by<only_sha256, only_sha256_of>("patch_sha256", "SHA-256 of that file's content")
          .found_by<several_patches, patches_of>("patches",
                                                 "the patches in the order in which they are applied, if "
                                                 "there are several");
  return description;
}

template <>
const Description& description_of<FileLevel>() {
  static const Description description =
      Object<FileLevel>("level that is a file")
          .always<&FileLevel::file>("file", "the file whose content is in place while a trial runs")
          .always<&FileLevel::sha256>("sha256", "SHA-256 of its content");
  return description;
}

template <>
const Description& description_of<StateLevel>() {
  static const Description description =
      Object<StateLevel>("level that is a state").always<&StateLevel::state>("state", "the name of one of `states`");
  return description;
}

template <>
const Description& description_of<Level>() {
  static const Description description =
      Object<Level>("level")
          .always<&Level::label>("label", "`control`, `treatment`, or the user's own name")
          .alternatives<&Level::value>()
          .checked<check_level>();
  return description;
}

template <>
const Description& description_of<SourceBuild>() {
  static const Description description =
      Object<SourceBuild>("source")
          .always<&SourceBuild::repository>("repository",
                                            "relative to `folder`; empty: the repository that `folder` lies in")
          .always<&SourceBuild::build>("build", "run at the top of each clone; empty: nothing is built")
          .always<&SourceBuild::builds>("builds", "builds of each arm, each linked in an order of its own")
          .always<&SourceBuild::timeout>("timeout_ns", "a build that takes longer is ended and has failed")
          .if_set<&SourceBuild::harness>("harness",
                                         "globs of files that may not differ between the arms; left out: "
                                         "the scripts that the commands name")
          .unless_default<&SourceBuild::checkout>("checkout",
                                                  "what a clone does beyond taking the files as git "
                                                  "stores them")
          .checked<check_source>();
  return description;
}

template <>
const Description& description_of<MetricCondition>() {
  static const Description description =
      Object<MetricCondition>("condition")
          .always<&MetricCondition::metric>("metric", "the name of one of `metrics`")
          .always<&MetricCondition::comparator>("comparator", "how the metric is compared with the value")
          .always<&MetricCondition::value>("value", "in the metric's unit")
          .always<&MetricCondition::text>("text", "the condition as the user wrote it");
  return description;
}

template <>
const Description& description_of<Variable>() {
  static const Description description =
      Object<Variable>("variable")
          .always<&Variable::kind>("kind", "what differs between the arms")
          .always<&Variable::name>("name",
                                   "of the environment variable or argument, or the path of the file; empty "
                                   "for other kinds")
          .from_whole<LevelsCodec>("levels", "control first; of a race the level that there is")
          .if_set<&Variable::source>("source", "how arms are made of git revisions, if they are")
          .if_set<&Variable::reached>("reached", "shows that the variable acts: true in treatment, false in control")
          .unless_default<&Variable::shares>("shares", "true if the change makes trials share something")
          .checked<check_variable>();
  return description;
}

}  // namespace assay::formats
