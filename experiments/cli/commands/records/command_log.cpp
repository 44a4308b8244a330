#include <algorithm>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/result/decision.hpp"
#include "core/text/utf8.hpp"
#include "experiments/cli/command.hpp"
#include "experiments/console/paging.hpp"
#include "experiments/record/history/hypotheses.hpp"
#include "experiments/record/record_list.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/layout.hpp"
#include "experiments/screen/console.hpp"
#include "experiments/screen/emit.hpp"
#include "experiments/screen/inputs.hpp"

namespace assay::cli {
namespace {

using record::RecordSummary;

constexpr std::size_t kVerdictWidth = 12;  ///< columns of the longest verdict

struct LogOptions {
  std::optional<Decision> decision;
  std::optional<int> count;
  bool dead_ends = false;
  bool json = false;
  console::Paging paging = console::Paging::automatic;
};

CommandLine log_line(LogOptions& options) {
  CommandLine line({.name = "log",
                    .synopsis = "",
                    .about = "Lists the lab's records, newest first: number, date, verdict, decision, environment, "
                             "experiment.",
                    .exit_codes = described({ExitCode::ok, ExitCode::error}),
                    .examples = {"assay log -n 5", "assay log --decision discard --json", "assay log --dead-ends"}});
  line.option("decision", {"DECISION", "only these: keep, discard or undecided"}, into(options.decision));
  line.option("dead-ends", {"", "only dead ends, each with the record that ended it"}, into(options.dead_ends));
  line.option("count,n", {"N", "at most N records"}, into(options.count, {1, 1'000'000}));
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  console::add_paging_option(line, options.paging);
  return line;
}

/// The record that ended each dead end, oldest first.
std::vector<RecordSummary> dead_ends_in(const std::vector<RecordSummary>& records) {
  std::vector<RecordSummary> ends;
  for (const record::HypothesisHistory& history : record::hypotheses_in(records)) {
    if (is_dead_end(history)) ends.push_back(last_word(history));
  }
  std::sort(ends.begin(), ends.end(),
            [](const RecordSummary& left, const RecordSummary& right) { return left.number < right.number; });
  return ends;
}

/// An attempt that began is news only as long as it has no record.
void remove_settled_openings(std::vector<RecordSummary>& records) {
  std::set<std::string> open;
  for (const record::HypothesisHistory& history : record::hypotheses_in(records)) {
    for (const RecordSummary& opening : history.openings) open.insert(opening.sha256);
  }
  std::erase_if(records, [&open](const RecordSummary& record) {
    return record::is_bookkeeping(record) && !open.contains(record.sha256);
  });
}

/// Those asked for, the newest first.
std::vector<RecordSummary> selected_records(const LogOptions& options) {
  std::vector<RecordSummary> records = record::list_records(lab_here());
  if (options.dead_ends) {
    records = dead_ends_in(records);
  } else {
    remove_settled_openings(records);
  }
  if (options.decision) {
    records.erase(
        std::remove_if(records.begin(), records.end(),
                       [&](const RecordSummary& record) { return recorded_decision(record) != options.decision; }),
        records.end());
  }
  std::reverse(records.begin(), records.end());
  if (options.count) records.resize(std::min(records.size(), static_cast<std::size_t>(*options.count)));
  return records;
}

nlohmann::json log_json(const std::vector<RecordSummary>& records) {
  nlohmann::json list = nlohmann::json::array();
  for (const RecordSummary& record : records) {
    list.push_back({{"record", fmt::format("{:04}", record.number)},
                    {"record_name", record.name},
                    {"record_sha256", record.sha256},
                    {"kind", to_string(record.kind)},
                    {"experiment", record.experiment},
                    {"hypothesis", record.hypothesis},
                    {"verdict", record::name_or_empty(record.verdict)},
                    {"decision", record::name_or_empty(recorded_decision(record))},
                    {"grade", record::name_or_empty(record.grade)},
                    {"reason", record::name_or_empty(record.reason)},
                    {"created", report::utc_text(record.created_ns)},
                    {"created_ns", record.created_ns},
                    {"actor", record.actor},
                    {"environment", record.environment_name},
                    {"simulated", record.simulated},
                    {"parents", record.parents}});
  }
  return {{"schema_version", 1}, {"command", "log"}, {"records", list}};
}

std::string log_text(const std::vector<RecordSummary>& records, const report::TextStyle& style) {
  std::size_t environment_width = 0;
  std::size_t verdict_width = kVerdictWidth;
  for (const RecordSummary& record : records) {
    verdict_width = std::max(verdict_width, record::verdict_words(record).size());
    environment_width = std::max(environment_width, printable(record.environment_name).size());
  }
  std::string text;
  for (const RecordSummary& record : records) {
    const std::string line =
        fmt::format("{:04}  {}  {:<{}}  {:<9}  {:<{}}  {}", record.number, report::utc_text(record.created_ns),
                    is_attempt(record) ? record::verdict_words(record) : to_string(record.kind), verdict_width,
                    record::name_or_empty(recorded_decision(record)), printable(record.environment_name),
                    environment_width, printable(is_attempt(record) ? record.experiment : record.hypothesis)) +
        (record.simulated ? " (simulated)" : "");
    // On a terminal a record keeps to its line; a file gets it whole.
    text += (style.breaks_sentences ? report::shorten(line, style.width) : line) + '\n';
  }
  return text;
}

/// What an empty list says; on standard error, so that no line is taken for a record.
std::string nothing_text(const LogOptions& options) {
  if (options.dead_ends) return "assay: no dead ends";
  if (options.decision) return fmt::format("assay: no record with the decision {}", to_string(*options.decision));
  return "assay: no records yet: assay run FILE makes the first";
}

}  // namespace

ExitCode command_log(const Arguments& arguments) {
  LogOptions options;
  CommandLine line = log_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const std::vector<RecordSummary> records = selected_records(options);
  if (options.json) {
    print_json(log_json(records));
  } else if (records.empty()) {
    print_remark(nothing_text(options));
  } else {
    console::print_paged(log_text(records, output_style(read_terminal(), {})), options.paging);
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
