#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"
#include "experiments/attempt/lab_links.hpp"
#include "experiments/attempt/start.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/finding_text.hpp"
#include "experiments/report/quantity.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"

namespace assay::cli {
namespace {

using record::HypothesisHistory;
using record::RecordSummary;

struct TriedOptions {
  std::string file;
  attempt::FileOverrides overrides;
  std::optional<std::string> environment_name;
  bool json = false;
};

CommandLine command_line(TriedOptions& options) {
  CommandLine line(
      {.name = "tried",
       .synopsis = "FILE",
       .about =
           "Says whether the hypothesis of an experiment was tried before, under any name, and with what "
           "result: exit code 5 if so, 0 if not. Names records of other questions that it is near to. Runs nothing.",
       .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused},
                               {{ExitCode::ok, "not tried yet"}, {ExitCode::refused, "tried before"}}),
       .examples = {"assay tried experiment.toml", "assay tried --environment ci experiment.toml"}});
  line.word({"FILE", "an experiment, TOML or JSON"}, into(options.file), Occurs::once);
  line.option("engine", {"NAME", "the engine that it would be run with: local, simulated or slurm"},
              into(options.overrides.engine));
  line.option("environment", {"NAME", "the class of machine to ask about (default: the one of run)"},
              into_environment_name(options.environment_name));
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  return line;
}

/// What the lab has of one hypothesis: where it was asked about, and elsewhere.
struct Findings {
  std::string experiment;
  int allowed = 0;  ///< attempts that the file allows
  HypothesisHistory here;
  std::vector<HypothesisHistory> elsewhere;
  std::vector<Neighbour> neighbours;
};

Findings find_attempts(const TriedOptions& options) {
  const attempt::ExperimentFile experiment = read_experiment(options.file, options.overrides);
  attempt::RunOptions running;
  running.environment_name = options.environment_name;
  const attempt::FrozenPlan plan = attempt::plan_question(experiment, running);
  const record::HypothesisKey key = attempt::key_of(plan);
  const std::vector<RecordSummary> records = record::list_records(lab_of(experiment));
  Findings findings{.experiment = plan.plan.id,
                    .allowed = plan.plan.protocol.attempts,
                    .here = {.key = key},
                    .elsewhere = {},
                    .neighbours = attempt::planned_neighbours(plan, records)};
  for (HypothesisHistory& history : record::hypotheses_in(records)) {
    if (history.key.sha256 != key.sha256) continue;
    if (history.key == key) {
      findings.here = std::move(history);
    } else {
      findings.elsewhere.push_back(std::move(history));
    }
  }
  return findings;
}

int attempts_left(const HypothesisHistory& history) {
  return history.decided_by ? 0 : std::max(0, attempts_allowed(history) - history.spent);
}

nlohmann::json history_json(const HypothesisHistory& history) {
  nlohmann::json records = nlohmann::json::array();
  for (const RecordSummary& record : history.attempts) {
    records.push_back({{"record", fmt::format("{:04}", record.number)},
                       {"record_name", record.name},
                       {"record_sha256", record.sha256},
                       {"experiment", record.experiment},
                       {"attempt", record.attempt},
                       {"verdict", record::name_or_empty(record.verdict)},
                       {"decision", record::name_or_empty(record.decision)},
                       {"reason", record::name_or_empty(record.reason)},
                       {"created", report::utc_text(record.created_ns)}});
  }
  return {{"environment", history.key.environment_name},
          {"attempts_spent", history.spent},
          {"attempts_left", attempts_left(history)},
          {"dead_end", is_dead_end(history)},
          {"reopened_by", history.reopened_by ? nlohmann::json(history.reopened_by->name) : nlohmann::json(nullptr)},
          {"records", std::move(records)}};
}

nlohmann::json neighbours_json(const std::vector<Neighbour>& neighbours) {
  nlohmann::json list = nlohmann::json::array();
  for (const Neighbour& neighbour : neighbours) {
    list.push_back({{"record_name", neighbour.record},
                    {"record_sha256", neighbour.sha256},
                    {"nearness", to_string(neighbour.nearness)}});
  }
  return list;
}

bool was_tried(const Findings& findings) {
  return !findings.here.attempts.empty() || !findings.here.openings.empty();
}

nlohmann::json findings_json(const Findings& findings) {
  nlohmann::json object = history_json(findings.here);
  object["schema_version"] = 1;
  object["command"] = "tried";
  object["experiment"] = findings.experiment;
  object["hypothesis_sha256"] = findings.here.key.sha256;
  object["tried"] = was_tried(findings);
  if (!was_tried(findings)) object["attempts_left"] = findings.allowed;
  object["opened"] = nlohmann::json::array();
  for (const RecordSummary& opening : findings.here.openings) object["opened"].push_back(opening.name);
  object["neighbours"] = neighbours_json(findings.neighbours);
  object["elsewhere"] = nlohmann::json::array();
  for (const HypothesisHistory& history : findings.elsewhere) object["elsewhere"].push_back(history_json(history));
  return object;
}

std::string records_text(const HypothesisHistory& history) {
  std::string text;
  for (const RecordSummary& record : history.attempts) {
    text += fmt::format("  {:04}  {}  {:<12}  {:<9}  {}\n", record.number, report::utc_text(record.created_ns),
                        record::verdict_words(record), record::name_or_empty(record.decision),
                        printable(record.experiment));
  }
  return text;
}

std::string history_text(const HypothesisHistory& history) {
  if (history.attempts.empty()) return "";
  const std::string where = printable(history.key.environment_name);
  if (is_dead_end(history)) return fmt::format("tried in {}: a dead end\n", where) + records_text(history);
  if (history.decided_by) return fmt::format("tried in {}: kept\n", where) + records_text(history);
  return fmt::format("tried in {}: {} left\n", where, report::count_text(attempts_left(history), "attempt")) +
         records_text(history);
}

std::string findings_text(const Findings& findings) {
  std::string text = history_text(findings.here);
  if (!was_tried(findings)) {
    text = fmt::format("not tried in {}{}\n", printable(findings.here.key.environment_name),
                       findings.here.reopened_by ? " since " + findings.here.reopened_by->name + " reopened it" : "");
  }
  for (const RecordSummary& opening : findings.here.openings) {
    text += fmt::format("  attempt {} began in {} and has no record\n", opening.attempt, opening.name);
  }
  for (const HypothesisHistory& history : findings.elsewhere) text += history_text(history);
  for (const Neighbour& neighbour : findings.neighbours) {
    text += fmt::format("near record {}\n", printable(report::neighbour_text(neighbour)));
  }
  return text;
}

}  // namespace

ExitCode command_tried(const Arguments& arguments) {
  TriedOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const Findings findings = find_attempts(options);
  if (options.json) {
    print_json(findings_json(findings));
  } else {
    print_output(findings_text(findings));
  }
  return was_tried(findings) ? ExitCode::refused : ExitCode::ok;
}

}  // namespace assay::cli
