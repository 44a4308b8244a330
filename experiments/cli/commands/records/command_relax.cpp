#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/error.hpp"
#include "core/host/machine/clock.hpp"
#include "core/text/spelling.hpp"
#include "experiments/attempt/experiment_file.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/record/entry_filing.hpp"
#include "experiments/record/history/targets.hpp"
#include "experiments/report/entries/entry_text.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"
#include "experiments/screen/options.hpp"

namespace assay::cli {
namespace {

using record::RecordSummary;
using record::TargetStatus;

struct RelaxOptions {
  std::string file;
  std::string target;
  std::optional<std::string> to;
  std::optional<std::string> until;
  bool restore = false;
  std::optional<std::string> environment;
  std::string why;
  std::optional<std::string> actor;
  bool quiet = false;
};

CommandLine command_line(RelaxOptions& options) {
  CommandLine line({.name = "relax",
                    .synopsis = "FILE TARGET",
                    .about =
                        "Relaxes a target of an experiment until a day, or restores it with --restore. The old limit, "
                        "the new one, who, why and until when become a record, and `assay status` shows them until the "
                        "target is restored. With --environment that holds for one environment only; the limit stays "
                        "as it is in all others. The file may stay as it is.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error, ExitCode::refused}),
                    .examples = {"assay relax f.toml wall --to '120 s' --until 2030-01-31 --why 'slow node'",
                                 "assay relax f.toml wall --environment ci --to none --until 2030-01-31 --why CI",
                                 "assay relax f.toml warm/wall --restore --why 'node replaced'"}});
  line.word({"FILE", "the experiment that states it"}, into(options.file), Occurs::once);
  line.word({"TARGET", "its name, WORKLOAD/STATE/METRIC/STATISTIC, or enough parts of it to be unique"},
            into(options.target), Occurs::once);
  line.option("to", {"VALUE", "the limit until then, in the metric's unit; none: no limit at all"}, into(options.to));
  line.option("until", {"DATE", "the last day of the relaxation, such as 2030-01-31"}, into(options.until));
  line.option("restore", {"", "put the old limit in force again"}, into(options.restore));
  line.option("environment", {"NAME", "the environment in which that holds (default: every one)"},
              into_environment_name(options.environment));
  line.option("why", {"TEXT", "the reason"}, into(options.why));
  add_actor_option(line, options.actor);
  line.option("quiet,q", {"", "print nothing"}, into(options.quiet));
  return line;
}

void check_options(const RelaxOptions& options) {
  if (options.restore && (options.to || options.until))
    throw Error("--restore brings the old limit back: leave --to and --until out");
  if (options.restore) return;
  if (!options.to) throw Error("relax: say either --to VALUE, or --restore");
  if (!options.until) throw Error("--until is missing: a target is relaxed for a time, never for good");
}

/// The targets that the lab knows, and those that only the file states.
std::vector<TargetStatus> known_targets(const record::Lab& lab, const std::vector<RecordSummary>& records,
                                        const std::vector<Target>& stated) {
  std::vector<TargetStatus> all_known = record::targets_in(lab, records);
  for (const Target& target : stated) {
    const bool known = std::any_of(all_known.begin(), all_known.end(),
                                   [&](const TargetStatus& status) { return is_same_target(status.target, target); });
    if (!known) all_known.push_back({.target = target, .stated_in = "", .relaxed = {}});
  }
  return all_known;
}

std::vector<std::string> parts_of(std::string_view name) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t slash = name.find('/');
    parts.emplace_back(name.substr(0, slash));
    if (slash == std::string_view::npos) return parts;
    name.remove_prefix(slash + 1);
  }
}

/// Whether all parts of one stand in the other, in that order.
bool names(std::string_view given, const Target& target) {
  const std::vector<std::string> whole = parts_of(target_name(target));
  auto next = whole.begin();
  for (const std::string& part : parts_of(given)) {
    next = std::find(next, whole.end(), part);
    if (next == whole.end()) return false;
    ++next;
  }
  return true;
}

TargetStatus target_meant(const std::vector<TargetStatus>& all_known, const std::string& given) {
  std::vector<TargetStatus> meant;
  std::vector<std::string> all;
  for (const TargetStatus& status : all_known) {
    all.push_back(target_name(status.target));
    if (names(given, status.target)) meant.push_back(status);
  }
  if (meant.size() == 1) return meant.front();
  if (all.empty()) throw Error("there are no targets: an experiment states them as [[target]]");
  throw Error(fmt::format("\"{}\" {}: expected one of {}{}", given,
                          meant.empty() ? "is no target" : "may mean several targets", fmt::join(all, ", "),
                          did_you_mean(given, {all.begin(), all.end()})));
}

Relaxation relaxation_of(const TargetStatus& status, const std::string& experiment, const RelaxOptions& options) {
  const Target& target = status.target;
  std::optional<double> to;
  if (*options.to != "none") {
    try {
      to = parse_limit(*options.to, target.unit);
    } catch (const Error& error) {
      throw error.within("--to");
    }
    if (!is_looser(target.bound, *to, target.limit)) {
      throw Error(
          fmt::format("--to: {} is not looser than {}: to ask for more, change the file; to end a relaxation, "
                      "use --restore",
                      limit_text(target, *to), limit_text(target, target.limit)));
    }
  }
  return {.experiment = experiment,
          .target = target,
          .to = to,
          .reason = given_text("--why", options.why),
          .until = given_day("--until", *options.until),
          .environment_name = options.environment.value_or("")};
}

/// The relaxation that is in force in the environment which is named, or else everywhere; nullptr if there is none.
const record::OpenRelaxation* relaxation_meant(const TargetStatus& status,
                                               const std::optional<std::string>& environment) {
  if (!environment) return status.relaxed ? &*status.relaxed : nullptr;
  const auto found = status.relaxed_in.find(*environment);
  return found == status.relaxed_in.end() ? nullptr : &found->second;
}

/// "; it is relaxed in ci: name that with --environment"; empty if it is relaxed nowhere.
std::string relaxed_elsewhere(const TargetStatus& status) {
  std::vector<std::string> environments;
  for (const auto& [environment, relaxation] : status.relaxed_in) environments.push_back(environment);
  std::string text;
  if (!environments.empty()) {
    text = fmt::format("; it is relaxed in {}: name that with --environment", fmt::join(environments, ", "));
  }
  return status.relaxed ? text + "; it is relaxed everywhere: leave --environment out" : text;
}

Restoration restoration_of(const TargetStatus& status, const RelaxOptions& options) {
  const record::OpenRelaxation* const relaxed = relaxation_meant(status, options.environment);
  if (relaxed == nullptr) {
    throw Error(fmt::format("{} is not relaxed{}: {} is in force{}", target_name(status.target),
                            options.environment ? " in " + *options.environment : "",
                            limit_text(status.target, status.target.limit), relaxed_elsewhere(status)),
                ErrorKind::refused);
  }
  return {.relaxation = relaxed->record.sha256, .target = status.target, .reason = given_text("--why", options.why)};
}

}  // namespace

ExitCode command_relax(const Arguments& arguments) {
  RelaxOptions options;
  CommandLine line = command_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  check_options(options);
  const attempt::ExperimentFile experiment = read_experiment(options.file, {});
  const record::Lab lab = lab_of(experiment);
  const Entry entry =
      record::file_entry(lab, options.actor, [&](const std::vector<RecordSummary>& records) -> EntryContent {
        const TargetStatus status =
            target_meant(known_targets(lab, records, attempt::definition_of(experiment).targets), options.target);
        if (options.restore) return restoration_of(status, options);
        return relaxation_of(status, attempt::definition_of(experiment).id, options);
      });
  if (!options.quiet) {
    print_output(fmt::format("{}: {}\n", entry_name(entry), report::entry_headline(entry)));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
