#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/host/machine/clock.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/record/status/lab_status.hpp"
#include "experiments/record/status/status_text.hpp"
#include "experiments/record/verification/chain.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/inputs.hpp"

namespace assay::cli {
namespace {

struct StatusOptions {
  bool strict = false;
  std::optional<nanoseconds> fresh;
  bool json = false;
};

/// What made the exit code that of a failure, and what did not, though it looks like one.
void print_reasons(const record::LabStatus& status) {
  std::string text;
  for (const std::string& reason : attention_reasons(status)) text += fmt::format("strict: {}\n", printable(reason));
  const int missed = missed_targets(status);
  if (text.empty() && missed > 0) {
    text = fmt::format(
        "strict: nothing fails; {} missed, which is work left and no exception: a milestone asks for "
        "targets that are met\n",
        missed == 1 ? "a target is" : "targets are");
  }
  if (!text.empty()) print_output('\n' + text);
}

}  // namespace

ExitCode command_status(const Arguments& arguments) {
  StatusOptions options;
  CommandLine line(
      {.name = "status",
       .synopsis = "",
       .about =
           "Shows the state of the lab: open questions, targets and relaxed targets, claims, interrupted attempts, "
           "what is undecided, dead ends, and what was kept.",
       .exit_codes =
           described({ExitCode::ok, ExitCode::error, ExitCode::worse},
                     {{ExitCode::worse, "with --strict: something that it names is open, relaxed or failed"}}),
       .examples = {"assay status", "assay status --strict --json", "assay status --strict --fresh 24h"}});
  line.option(
      "strict",
      {"",
       "exit code 2, and a line for each reason, if a target is relaxed, a question or claim is open past its "
       "day, an experiment is "
       "undecided or interrupted, or a claim or a record is not verified although it was challenged: refuted, "
       "exaggerated, disputed, invalid, stale or unsigned. A target that is missed is work left, and no reason"},
      into(options.strict));
  line.option("fresh", {"TIME", "a claim counts as verified only if it was confirmed in this time, such as 24h"},
              into(options.fresh));
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const std::int64_t now = host::unix_time_ns();
  const record::Lab lab = lab_here();
  const record::LabStatus status = record::read_status(lab, date_of(now), {.now_ns = now, .fresh = options.fresh});
  const std::optional<record::Difference> flaw = record::flaw_in_chain(record::list_records(lab), {});
  if (options.json) {
    nlohmann::json document = status_json(status);
    document["chain_flaw"] = flaw ? fmt::format("{}: {}", flaw->where, flaw->what) : "";
    print_json(document);
  } else {
    print_output(status_text(status));
    if (flaw) print_output(fmt::format("\nNOT IN ORDER: {}: {}; see assay verify\n", flaw->where, flaw->what));
    if (options.strict) print_reasons(status);
  }
  return options.strict && needs_attention(status) ? ExitCode::worse : ExitCode::ok;
}

}  // namespace assay::cli
