#include "experiments/trial/fingerprint.hpp"

#include <filesystem>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/digest.hpp"
#include "core/host/file_status.hpp"
#include "core/host/process/program_lookup.hpp"
#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/valid_text.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::experiments {
namespace {

namespace fs = std::filesystem;

/// Where the launcher will find the program.
std::string program_of(const ArmSetup& setup) {
  host::ProcessRequest request;
  request.argv = setup.argv;
  request.environment = setup.environment;
  request.working_directory = setup.working_directory;
  return path_in(setup.working_directory, host::find_program(request));
}

std::string place_of(const Plan& plan, const ArmSetup& setup) {
  return fmt::format("{}, {}", cell_name(plan, cells(plan)[setup.cell]), plan.variable.levels[setup.arm].label);
}

}  // namespace

struct Fingerprinter::State {
  struct Known {
    host::FileStatus status;
    std::string digest;
  };
  std::map<std::string, Known> files;

  std::string digest_of(const std::string& path) {
    const host::FileStatus status = host::file_status(path);
    const auto known = files.find(path);
    if (known != files.end() && known->second.status == status) return known->second.digest;
    return files.insert_or_assign(path, Known{status, host::sha256_of_file(path)}).first->second.digest;
  }

  /// What lies in files.
  std::map<std::string, std::string> parts_of(const Workload& workload, const std::string& plan_folder,
                                              const ArmSetup& setup) {
    std::map<std::string, std::string> parts;
    if (!fs::is_directory(setup.working_directory)) {
      throw Error(fmt::format("working directory {}: no such folder", setup.working_directory));
    }
    parts["working directory"] = setup.working_directory;
    if (!setup.standard_input.empty()) {
      parts["standard input " + setup.standard_input] = digest_of(setup.standard_input);
    }
    const std::string program = program_of(setup);
    parts["executable"] = program;
    parts["executable content"] = digest_of(program);
    for (const std::string& pattern : workload.inputs) {
      for (const std::string& path : files_matching(plan_folder, pattern)) parts["input " + path] = digest_of(path);
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
    for (const auto& [name, value] : state_->parts_of(plan.workloads[setup.workload], plan.folder, setup)) {
      fingerprint.parts[valid_text(name)] = valid_text(value);  // file names may be any bytes
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
      fingerprint.parts["env " + name] = host::sha256(fmt::format("{}={}", name, value));
  }
  return fingerprint;
}

std::string fingerprints_json(const std::vector<Fingerprint>& fingerprints) {
  nlohmann::json list = nlohmann::json::array();
  for (const Fingerprint& fingerprint : fingerprints) {
    list.push_back({{"cell", fingerprint.cell}, {"arm", fingerprint.arm}, {"parts", fingerprint.parts}});
  }
  return canonical_json(list);
}

std::vector<Fingerprint> parse_fingerprints(const std::string& json) {
  try {
    std::vector<Fingerprint> fingerprints;
    for (const nlohmann::json& entry : parse_json(json, "fingerprints")) {
      fingerprints.push_back({entry.at("cell").get<std::size_t>(), entry.at("arm").get<ArmIndex>(),
                              entry.at("parts").get<std::map<std::string, std::string>>()});
    }
    return fingerprints;
  } catch (const nlohmann::json::exception& error) {
    throw Error(fmt::format("fingerprints in the journal cannot be read: {}", error.what()));
  }
}

}  // namespace assay::experiments
