#include "experiments/attempt/experiment_file.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "core/host/entropy.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"
#include "core/host/machine/caller.hpp"
#include "core/host/process/process.hpp"
#include "experiments/attempt/restored_files.hpp"
#include "experiments/attempt/secret_notes.hpp"
#include "experiments/attempt/value_key.hpp"
#include "experiments/trial/arm_setup.hpp"
#include "experiments/trial/sources/resolve_variable.hpp"

namespace assay::attempt {
namespace {

void set_cap(Protocol& protocol, int max_blocks) {
  if (looks_once(protocol)) throw CapOfFixedBlocks(protocol.max_blocks, max_blocks);
  protocol.max_blocks = max_blocks;
}

void apply(const FileOverrides& overrides, definition::Definition& definition) {
  if (overrides.engine != EngineName::simulated) {
    definition.simulation.reset();
    definition.engine = to_string(overrides.engine);
  }
  if (overrides.engine == EngineName::simulated && !definition.simulation) definition.simulation.emplace();
  if (overrides.seed) definition.seed = overrides.seed;
  if (overrides.vigilant) definition.vigilant = true;
  if (overrides.max_blocks) set_cap(definition.protocol, *overrides.max_blocks);
}

}  // namespace

const definition::Definition& definition_of(const ExperimentFile& experiment) {
  return experiment.content->definition;
}

CapOfFixedBlocks::CapOfFixedBlocks(int blocks, int cap)
    : Error(fmt::format("the protocol has blocks = {}, so a cap of {} has nothing to cap", blocks, cap)),
      blocks_(blocks) {}

definition::Definition parse_definition_file(const std::string& file) {
  return definition::parse_definition({file, host::read_named_file(file, definition::kLargestFile + 1)});
}

std::string folder_of(const std::string& file) {
  return std::filesystem::path(host::absolute_path(file)).parent_path().string();
}

ExperimentFile experiment_of(std::string name, std::string folder, definition::Definition definition) {
  return {std::move(name), std::move(folder), std::make_shared<const FileContent>(FileContent{std::move(definition)})};
}

void resolve_variable(definition::Definition& definition, const std::string& folder, EqualLevels levels,
                      Observer& observer) {
  const VariableKind kind = definition.variable.kind;
  if (!has_source(definition.variable) && kind != VariableKind::file) return;
  restore_swapped_file(definition.variable, folder, observer);  // a level may be the file itself
  host::Launcher launcher;
  definition.variable = trial::resolved(std::move(definition.variable), folder, launcher);
  for (Plant& plant : definition.plants) {
    plant.patch.sha256 = host::sha256_of_file(trial::path_in(folder, plant.patch.file));
  }
  if (levels == EqualLevels::refused) trial::refuse_equal_levels(definition.variable);
}

design::FreezeContext caller_context(const std::string& folder) {
  design::FreezeContext context;
  context.fresh_seed = Seed(host::fresh_entropy());
  context.environment = host::caller_environment();
  context.hmac = [key = value_key_at(folder)](std::string_view text) { return host::hmac_sha256(key, text); };
  context.folder = folder;
  return context;
}

std::optional<record::Lab> find_lab(const ExperimentFile& experiment) {
  std::optional<record::Lab> lab = record::Lab::find(experiment.folder);
  return lab ? lab : record::Lab::find(std::filesystem::current_path().string());
}

ExperimentFile read_experiment(const std::string& file, const FileOverrides& overrides, Observer& observer) {
  definition::Definition definition = parse_definition_file(file);
  std::string folder = folder_of(file);
  apply(overrides, definition);
  try {
    definition::check_definition(definition);
    note_secrets(definition, observer);
    resolve_variable(definition, folder, overrides.equal_levels, observer);
  } catch (const Error& error) {
    throw error.within(file);
  }
  return experiment_of(file, std::move(folder), std::move(definition));
}

}  // namespace assay::attempt
