#include <algorithm>
#include <cstdio>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "core/host/files/files.hpp"
#include "core/text/shell_words.hpp"
#include "core/text/utf8.hpp"
#include "experiments/attempt/check_proofs.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/attempt/missing_programs.hpp"
#include "experiments/attempt/restored_files.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/formats/document.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/progress.hpp"
#include "experiments/trial/checks/proof_text.hpp"

namespace assay::cli {
namespace {

using definition::Definition;
using nlohmann::json;

struct CheckOptions {
  std::vector<std::string> files;
  bool prove = false;
  bool json = false;
  bool quiet = false;
};

/// What is wrong with a file, a line for each mistake.
using Mistakes = std::vector<std::string>;

/// What came of one file.
struct CheckedFile {
  std::string name;
  std::variant<Definition, Mistakes> outcome;
  std::vector<trial::CheckProof> proofs;  ///< if they were asked for
  std::vector<std::string> notes = {};    ///< what is no mistake of the file, and may stop a run

  [[nodiscard]] bool is_fine() const {
    return std::holds_alternative<Definition>(outcome) &&
           std::all_of(proofs.begin(), proofs.end(), [](const auto& one) { return one.holds(); });
  }
};

/// Reports the steps of proving, a line each.
class ProofSteps final : public Remarks {
 public:
  ProofSteps(const std::string& file, const CheckOptions& options) : file_(file), options_(options) {}
  void step_began(std::string_view what) override {
    if (!options_.quiet) print_remark(fmt::format("{}: {}", file_, what));
  }

 private:
  const std::string& file_;
  const CheckOptions& options_;
};

CheckedFile check_file(const std::string& name, const CheckOptions& options) {
  try {
    ProofSteps steps(name, options);
    const std::string folder = attempt::folder_of(name);
    CheckedFile file{name, attempt::parse_definition_file(name), {}};
    const auto& definition = std::get<Definition>(file.outcome);
    file.notes = attempt::missing_programs(definition, folder);
    attempt::restore_swapped_file(definition.variable, folder, steps);
    if (options.prove) file.proofs = attempt::prove_checks(definition, folder, steps);
    return file;
  } catch (const formats::MistakesError& mistakes) {
    return {name, mistakes.lines(), {}};
  } catch (const Error& error) {
    return {name, Mistakes{error.what()}, {}};
  }
}

std::string count_of(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

std::size_t cells_of(const Definition& definition) {
  std::size_t cells = 0;
  for (const Workload& workload : definition.workloads) cells += workload.states.size();
  return cells;
}

/// "wall (primary, margin 3 %), max_rss (guard, margin 10 %), cpu".
std::string describe_metrics(const std::vector<Metric>& metrics) {
  std::vector<std::string> all;
  all.reserve(metrics.size());
  for (const Metric& metric : metrics) {
    all.push_back(metric.margin
                      ? fmt::format("{} ({}, margin {} %)", metric.name, to_string(metric.role), metric.margin->value)
                      : metric.name);
  }
  return fmt::format("{}", fmt::join(all, ", "));
}

/// "revision: main -> HEAD, built by make".
std::string describe_variable(const Variable& variable) {
  std::string text = describe(variable);
  if (variable.source && !variable.source->build.empty()) {
    text += ", built by " + shell_words(variable.source->build);
  }
  return text;
}

/// "at most 200 blocks".
std::string extent_of(const Protocol& protocol) {
  const std::string unit(unit_name(protocol.design));
  if (protocol.max_blocks == kNoCap) return fmt::format("as many {}s as it takes", unit);
  if (is_costly(protocol.design)) return fmt::format("at most {} costly trials of each arm", protocol.max_blocks);
  return fmt::format("{} {}", looks_once(protocol) ? "exactly" : "at most",
                     count_of(static_cast<std::size_t>(protocol.max_blocks), unit));
}

/// "fine: 2 arms (env X: a -> b), 1 workload in 2 states, metrics wall (primary, margin 3 %), 1 check, at most 200
/// blocks a cell".
std::string summary_of(const Definition& definition) {
  const Protocol& protocol = definition.protocol;
  return fmt::format(
      "fine: {} ({}), {} in {}, metrics {}, {}, {} a cell", count_of(definition.variable.levels.size(), "arm"),
      printable(describe_variable(definition.variable)), count_of(definition.workloads.size(), "workload"),
      count_of(cells_of(definition), "cell"), describe_metrics(definition.metrics),
      count_of(definition.checks.size(), "check"), extent_of(protocol));
}

template <class Named>
json json_names_of(const std::vector<Named>& all) {
  json names = json::array();
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

json json_of(const CheckedFile& file) {
  json object = {{"file", printable(file.name)}};
  if (const auto* mistakes = std::get_if<Mistakes>(&file.outcome)) {
    object.update({{"valid", false}, {"error", printable(mistakes->front())}, {"mistakes", json::array()}});
    for (const std::string& mistake : *mistakes) object["mistakes"].push_back(printable(mistake));
    return object;
  }
  const auto& definition = std::get<Definition>(file.outcome);
  object.update({{"valid", true},
                 {"experiment", definition.id},
                 {"variable", describe_variable(definition.variable)},
                 {"workloads", json_names_of(definition.workloads)},
                 {"states", json_names_of(definition.states)},
                 {"cells", cells_of(definition)},
                 {"metrics", json_names_of(definition.metrics)},
                 {"checks", json_names_of(definition.checks)}});
  for (const std::string& note : file.notes) object["notes"].push_back(note);
  if (!file.proofs.empty()) object["proofs"] = trial::proofs_json(file.proofs);
  return object;
}

void print_text(const CheckedFile& file, const CheckOptions& options) {
  if (const auto* mistakes = std::get_if<Mistakes>(&file.outcome)) {
    for (const std::string& mistake : *mistakes) print_remark("assay: " + mistake);
  } else if (!options.quiet) {
    print_output(fmt::format("{}: {}\n", file.name, summary_of(std::get<Definition>(file.outcome))));
  }
  if (!options.quiet) print_output(trial::proofs_text(file.proofs));
  for (const std::string& note : file.notes) {
    if (!options.quiet) print_remark(fmt::format("{}: note: {}", file.name, note));
  }
  for (const trial::CheckProof& proof : file.proofs) {
    if (!proof.holds()) print_remark(fmt::format("assay: {}: {}", file.name, trial::refusal_of(proof)));
  }
}

ExitCode run(const CheckOptions& options) {
  ExitCode code = ExitCode::ok;
  json files = json::array();
  for (const std::string& name : options.files) {
    const CheckedFile file = check_file(name, options);
    if (!file.is_fine()) code = ExitCode::error;
    if (options.json) {
      files.push_back(json_of(file));
    } else {
      print_text(file, options);
    }
  }
  if (options.json) print_json({{"schema_version", 1}, {"command", "check"}, {"files", files}});
  return code;
}

}  // namespace

ExitCode command_check(const Arguments& arguments) {
  CheckOptions options;
  CommandLine line(
      {.name = "check",
       .synopsis = "FILE...",
       .about = "Looks for mistakes in experiment files and says what each would do. Runs nothing unless "
                "--prove is given: then every check is tried on control and on arms that are broken on purpose.",
       .exit_codes = described({ExitCode::ok, ExitCode::error}),
       .examples = {"assay check experiment.toml", "assay check --json *.toml",
                    "assay check --prove experiment.toml"}});
  line.word({"FILE", "experiment files, TOML or JSON"}, into(options.files), Occurs::at_least_once);
  line.option("prove", {"", "refuse checks that pass on a broken arm or fail on control"}, into(options.prove));
  line.option("json", {"", "print one JSON object"}, into(options.json));
  line.option("quiet,q", {"", "print only mistakes"}, into(options.quiet));
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  return run(options);
}

}  // namespace assay::cli
