#include "experiments/trial/audit/fingerprint.hpp"

#include <filesystem>
#include <map>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/binary/elf.hpp"
#include "core/host/binary/shared_libraries.hpp"
#include "core/host/files/digest.hpp"
#include "core/host/files/file_memo.hpp"
#include "core/host/machine/machine.hpp"
#include "core/host/machine/settings.hpp"
#include "core/host/process/process_limits.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/trial/audit/harness.hpp"
#include "experiments/trial/audit/program_parts.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

void add_machine(Parts& parts) {
  const Machine machine = host::read_machine();
  parts[{PartKind::host}] = machine.hostname;
  parts[{PartKind::boot}] = machine.boot_id;
  parts[{PartKind::kernel}] = machine.kernel;
  parts[{PartKind::governor}] = machine.governor;
  for (const auto& [name, value] : machine.limits) parts[{PartKind::cgroup, name}] = value;
  for (const auto& [name, value] : host::process_limits()) parts[{PartKind::limit, name}] = value;
  for (const auto& [name, value] : host::machine_settings()) parts[{PartKind::setting, name}] = value;
}

/// A path without the folder of the arm's own clone or of assay's own tools, if it lies in one of them.
std::string shown_path(const std::string& path, const ArmSetup& setup) {
  if (!setup.tools.empty() && path.starts_with(setup.tools + "/")) return path.substr(setup.tools.size() + 1);
  if (setup.source.empty()) return path;
  if (path == setup.source) return ".";
  return path.starts_with(setup.source + "/") ? path.substr(setup.source.size() + 1) : path;
}

bool is_swapped_file(const Plan& plan, const Level& level) {
  return plan.variable.kind == VariableKind::file && std::holds_alternative<FileLevel>(level.value);
}

/// The value as the plan and its variable set it, without the folder of tools, whose name is new in every session.
std::string_view declared_value(const std::string& name, std::string_view value, const ArmSetup& setup) {
  if (name == "PATH" && !setup.tools.empty()) value.remove_prefix(setup.tools.size() + 1);
  return value;
}

std::string name_of_arm(const Plan& plan, const ArmSetup& setup) {
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

  /// The parts that are files or have paths.
  Parts parts_of(const Plan& plan, const ArmSetup& setup) {
    Parts parts;
    if (!fs::is_directory(setup.working_directory)) {
      throw Error(fmt::format("working directory {}: no such folder", setup.working_directory));
    }
    const FileDescription files{[&](const std::string& path) { return digest_of(path, setup); },
                                [&](const std::string& path) { return shown_path(path, setup); }};
    const auto add = [&](PartKind kind, const std::string& path) {
      parts[{kind, files.shown(path)}] = files.digest(path);
    };
    parts = program_parts(setup, libraries, files);
    parts[{PartKind::working_directory}] = files.shown(setup.working_directory);
    if (!setup.standard_input.empty()) add(PartKind::standard_input, setup.standard_input);
    for (const std::string& pattern : plan.workloads[setup.workload].inputs) {
      for (const std::string& path : files_matching(setup.base, pattern)) add(PartKind::input, path);
    }
    if (!setup.source.empty()) {
      for (const std::string& path : files_named_by(setup.argv, setup)) add(PartKind::named_file, path);
    }
    for (const std::string& path : setup.harness) add(PartKind::harness, path);
    if (is_swapped_file(plan, plan.variable.levels[setup.arm])) {
      add(PartKind::swapped_file, path_in(plan.folder, plan.variable.name));
    }
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
    Parts parts = state_->parts_of(plan, setup);
    const std::string wrapped = wrapped_program(setup);
    if (!wrapped.empty()) fingerprint.wrapped_program = state_->digest_of(wrapped, setup);
    add_machine(parts);
    for (const auto& [part, value] : parts) {
      Part valid = part;
      valid.name = valid_text(part.name);  // file names may be any bytes
      fingerprint.parts[std::move(valid)] = valid_text(value);
    }
    if (plan.variable.kind == VariableKind::state) {
      fingerprint.parts[{PartKind::state}] = state_of(plan, cells(plan)[setup.cell], setup.arm).name;
    }
    return fingerprint;
  } catch (const Error& error) {
    throw error.within(name_of_arm(plan, setup));
  }
}

Fingerprint declared_parts(const ArmSetup& setup) {
  Fingerprint fingerprint{.cell = setup.cell, .arm = setup.arm, .parts = {}};
  for (std::size_t index = 0; index < setup.argv.size(); ++index) {
    fingerprint.parts[argument_part(index)] = setup.argv[index];
  }
  for (const auto& [name, value] : setup.environment) {
    if (setup.own_variables.contains(name)) continue;
    fingerprint.parts[{PartKind::environment, name}] =
        host::sha256(fmt::format("{}={}", name, declared_value(name, value, setup)));
  }
  return fingerprint;
}

bool lies_in_clone(const std::string& path) {
  return !path.starts_with('/');
}

Part argument_part(std::size_t word) {
  return {PartKind::argument, std::to_string(word)};
}

std::string fingerprints_json(const std::vector<Fingerprint>& fingerprints) {
  nlohmann::json list = nlohmann::json::array();
  for (const Fingerprint& fingerprint : fingerprints) {
    std::map<std::string, std::string> texts;
    for (const auto& [part, value] : fingerprint.parts) texts[to_string(part)] = value;
    nlohmann::json entry = {{"cell", fingerprint.cell}, {"arm", fingerprint.arm}, {"parts", texts}};
    if (!fingerprint.wrapped_program.empty()) entry["program"] = fingerprint.wrapped_program;
    list.push_back(std::move(entry));
  }
  return formats::canonical_json(list);
}

std::vector<Fingerprint> parse_fingerprints(const std::string& json) {
  try {
    std::vector<Fingerprint> fingerprints;
    for (const nlohmann::json& entry : formats::parse_json(json, "fingerprints")) {
      const auto texts = entry.at("parts").get<std::map<std::string, std::string>>();
      Fingerprint fingerprint{.cell = entry.at("cell").get<std::size_t>(),
                              .arm = entry.at("arm").get<ArmIndex>(),
                              .parts = {},
                              .wrapped_program = entry.value("program", "")};
      for (const auto& [text, value] : texts) fingerprint.parts[parse_part(text, texts)] = value;
      fingerprints.push_back(std::move(fingerprint));
    }
    return fingerprints;
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("fingerprints in the journal cannot be read: {}", error.what()));
  }
}

}  // namespace assay::trial
