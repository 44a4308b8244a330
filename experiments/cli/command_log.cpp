#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/decision.hpp"
#include "experiments/cli/command_line.hpp"
#include "experiments/cli/emit.hpp"
#include "experiments/cli/lab_here.hpp"
#include "experiments/cli/terminal.hpp"
#include "experiments/definition/utf8.hpp"
#include "experiments/record/record_store.hpp"
#include "experiments/report/facts.hpp"
#include "experiments/report/layout.hpp"

namespace assay::cli {
namespace {

using experiments::RecordSummary;

struct LogOptions {
  std::optional<Decision> decision;
  std::optional<int> count;
  OutputOptions output;
};

CommandLine log_line(LogOptions& options) {
  CommandLine line({.name = "log",
                    .synopsis = "",
                    .about = "Lists the lab's records, the newest first: number, date, verdict, decision, experiment.",
                    .examples = {"assay log -n 5", "assay log --decision discard --json"}});
  line.option("decision", {"DECISION", "only these: keep, discard or undecided"}, into(options.decision));
  line.option("count,n", {"N", "at most so many records"}, into(options.count, {1, 1'000'000}));
  add_output_options(line, options.output);
  return line;
}

/// Those asked for, the newest first.
std::vector<RecordSummary> selected_records(const LogOptions& options) {
  std::vector<RecordSummary> records = experiments::list_records(lab_here());
  if (options.decision) {
    const std::string_view wanted = to_string(*options.decision);
    records.erase(std::remove_if(records.begin(), records.end(),
                                 [&](const RecordSummary& record) { return record.decision != wanted; }),
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
                    {"experiment", record.experiment},
                    {"hypothesis", record.hypothesis},
                    {"verdict", record.verdict},
                    {"decision", record.decision},
                    {"reason", record.reason},
                    {"created", experiments::utc_text(record.created_ns)},
                    {"created_ns", record.created_ns},
                    {"actor", record.actor},
                    {"environment", record.environment_name},
                    {"parents", record.parents}});
  }
  return {{"schema_version", 1}, {"command", "log"}, {"records", list}};
}

std::string log_text(const std::vector<RecordSummary>& records, const experiments::TextStyle& style) {
  std::string text;
  for (const RecordSummary& record : records) {
    const std::string line =
        fmt::format("{:04}  {}  {:<12}  {:<9}  {}", record.number, experiments::utc_text(record.created_ns),
                    record.verdict, record.decision, experiments::printable(record.experiment));
    // On a terminal a record keeps to its line; a file gets it whole.
    text += (style.breaks_sentences ? experiments::shorten(line, style.width) : line) + '\n';
  }
  return text;
}

}  // namespace

ExitCode command_log(const Arguments& arguments) {
  LogOptions options;
  CommandLine line = log_line(options);
  if (line.parse(arguments) == Parsed::help_wanted) return print_help(line);
  const std::vector<RecordSummary> records = selected_records(options);
  if (options.output.json) {
    print_json(log_json(records));
  } else {
    print_output(log_text(records, output_style(read_terminal(), options.output)));
  }
  return ExitCode::ok;
}

}  // namespace assay::cli
