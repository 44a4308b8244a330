#include "experiments/trial/audit/fingerprint.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/binary/elf.hpp"
#include "core/host/binary/shared_libraries.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_memo.hpp"
#include "core/host/machine/machine.hpp"
#include "core/host/process/process_limits.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/trial/audit/harness.hpp"
#include "experiments/trial/audit/program_parts.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// What trials feel of the machine; the same for every arm, and to stay the same.
void add_machine(std::map<std::string, std::string>& parts) {
  const Machine machine = host::read_machine();
  parts["host"] = machine.hostname;
  parts["boot"] = machine.boot_id;
  parts["kernel"] = machine.kernel;
  parts["governor"] = machine.governor;
  for (const auto& [name, value] : machine.limits) parts["cgroup " + name] = value;
  for (const auto& [name, value] : host::process_limits()) parts["limit " + name] = value;
}

/// A path in an arm's own clone without the clone's, or in the folder of assay's own tools without that.
std::string shown_path(const std::string& path, const ArmSetup& setup) {
  if (!setup.tools.empty() && path.starts_with(setup.tools + "/")) return path.substr(setup.tools.size() + 1);
  if (setup.source.empty()) return path;
  if (path == setup.source) return ".";
  return path.starts_with(setup.source + "/") ? path.substr(setup.source.size() + 1) : path;
}

bool is_swapped_file(const Plan& plan, const Level& level) {
  return plan.variable.kind == VariableKind::file && std::holds_alternative<FileLevel>(level.value);
}

/// As the plan and its variable set it: the folder of tools has another name in every session.
std::string_view declared_value(const std::string& name, std::string_view value, const ArmSetup& setup) {
  if (name == "PATH" && !setup.tools.empty()) value.remove_prefix(setup.tools.size() + 1);
  return value;
}

std::string place_of(const Plan& plan, const ArmSetup& setup) {
  return fmt::format("{}, {}", cell_name(plan, cells(plan)[setup.cell]), plan.variable.levels[setup.arm].label);
}

}  // namespace

struct Fingerprinter::State {
  host::FileMemo<std::string> digests;
  host::LibrarySearch libraries;

  std::string digest_of(const std::string& path, const ArmSetup& setup) {
    const bool is_in_clone = !setup.source.empty() && path.starts_with(setup.source + "/");
    return digests.of(path, [&](const std::string& file) {
      return is_in_clone ? host::product_digest(file, setup.source) : host::blake2b_of_file(file);
    });
  }

  /// What lies in files.
  std::map<std::string, std::string> parts_of(const Plan& plan, const ArmSetup& setup) {
    std::map<std::string, std::string> parts;
    if (!fs::is_directory(setup.working_directory)) {
      throw Error(fmt::format("working directory {}: no such folder", setup.working_directory));
    }
    const PartWriting writing{[&](const std::string& path) { return digest_of(path, setup); },
                              [&](const std::string& path) { return shown_path(path, setup); }};
    const auto add = [&](const std::string& what, const std::string& path) {
      parts[fmt::format("{} {}", what, writing.shown(path))] = writing.digest(path);
    };
    parts = program_parts(setup, libraries, writing);
    parts["working directory"] = writing.shown(setup.working_directory);
    if (!setup.standard_input.empty()) add("standard input", setup.standard_input);
    for (const std::string& pattern : plan.workloads[setup.workload].inputs) {
      for (const std::string& path : files_matching(setup.base, pattern)) add("input", path);
    }
    if (!setup.source.empty()) {
      for (const std::string& path : files_named_by(setup.argv, setup)) add("named file", path);
    }
    for (const std::string& path : setup.harness) add("harness", path);
    if (is_swapped_file(plan, plan.variable.levels[setup.arm])) add("file", path_in(plan.folder, plan.variable.name));
    return parts;
  }
};

Fingerprinter::Fingerprinter() : state_(std::make_unique<State>()) {}
Fingerprinter::~Fingerprinter() = default;
Fingerprinter::Fingerprinter(Fingerprinter&&) noexcept = default;
Fingerprinter& Fingerprinter::operator=(Fingerprinter&&) noexcept = default;

Fingerprint Fingerprinter::take(const Plan& plan, const ArmSetup& setup) {
  try {
    Fingerprint fingerprint = declared_parts(setup);
    std::map<std::string, std::string> parts = state_->parts_of(plan, setup);
    add_machine(parts);
    for (const auto& [name, value] : parts) {
      fingerprint.parts[valid_text(name)] = valid_text(value);  // file names may be any bytes
    }
    if (plan.variable.kind == VariableKind::state) {
      fingerprint.parts["state"] = state_of(plan, cells(plan)[setup.cell], setup.arm).name;
    }
    return fingerprint;
  } catch (const Error& error) {
    throw error.within(place_of(plan, setup));
  }
}

Fingerprint declared_parts(const ArmSetup& setup) {
  Fingerprint fingerprint{setup.cell, setup.arm, {}};
  for (std::size_t index = 0; index < setup.argv.size(); ++index) {
    fingerprint.parts[fmt::format("argv[{}]", index)] = setup.argv[index];
  }
  for (const auto& [name, value] : setup.environment) {
    if (!setup.own_variables.contains(name))
      fingerprint.parts["env " + name] = host::sha256(fmt::format("{}={}", name, declared_value(name, value, setup)));
  }
  return fingerprint;
}

std::string fingerprints_json(const std::vector<Fingerprint>& fingerprints) {
  nlohmann::json list = nlohmann::json::array();
  for (const Fingerprint& fingerprint : fingerprints) {
    list.push_back({{"cell", fingerprint.cell}, {"arm", fingerprint.arm}, {"parts", fingerprint.parts}});
  }
  return formats::canonical_json(list);
}

std::vector<Fingerprint> parse_fingerprints(const std::string& json) {
  try {
    std::vector<Fingerprint> fingerprints;
    for (const nlohmann::json& entry : formats::parse_json(json, "fingerprints")) {
      fingerprints.push_back({entry.at("cell").get<std::size_t>(), entry.at("arm").get<ArmIndex>(),
                              entry.at("parts").get<std::map<std::string, std::string>>()});
    }
    return fingerprints;
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("fingerprints in the journal cannot be read: {}", error.what()));
  }
}

}  // namespace assay::trial
