#include "experiments/trial/fingerprint.hpp"

#include <filesystem>
#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/error.hpp"
#include "core/host/digest.hpp"
#include "core/host/file_status.hpp"
#include "experiments/definition/canonical_json.hpp"
#include "experiments/design/valid_text.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::experiments {
namespace {

namespace fs = std::filesystem;

bool is_program(const fs::path& path) {
  constexpr fs::perms kAnyone = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  return fs::is_regular_file(status) && (status.permissions() & kAnyone) != fs::perms::none;
}

/// Where the kernel will find the program: as execvp looks for it, from the trial's own folder and PATH.
std::string resolve_program(const ArmSetup& setup) {
  const std::string& program = setup.argv.front();
  if (program.find('/') != std::string::npos) {
    const std::string path = path_in(setup.working_directory, program);
    if (is_program(path)) return path;
    throw Error(fs::exists(path)
                    ? fmt::format("{} is not a program that may be run; chmod +x it, or name its interpreter", path)
                    : fmt::format("{}: no such program", path));
  }
  const auto entry = setup.environment.find("PATH");
  std::string_view search = entry == setup.environment.end() ? "/bin:/usr/bin" : std::string_view(entry->second);
  for (;;) {
    const std::size_t length = std::min(search.find(':'), search.size());
    const std::string path = path_in(path_in(setup.working_directory, std::string(search.substr(0, length))), program);
    if (is_program(path)) return path;
    if (length == search.size()) break;
    search.remove_prefix(length + 1);
  }
  throw Error(fmt::format("{}: no such program in PATH", program));
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
    const std::string program = resolve_program(setup);
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
    if (!setup.own_variables.contains(name)) fingerprint.parts["env " + name] = host::sha256(name + "=" + value);
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
