#include "tests/fuzz/readers.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <unistd.h>

#include "core/error.hpp"
#include "core/text/split_command.hpp"
#include "core/text/written_number.hpp"
#include "core/units.hpp"
#include "experiments/adversary/findings.hpp"
#include "experiments/adversary/reports/found_claims.hpp"
#include "experiments/definition/definition.hpp"
#include "experiments/definition/lab/environment_rules.hpp"
#include "experiments/definition/lab/gate_policy.hpp"
#include "experiments/definition/milestones.hpp"
#include "experiments/definition/reading/condition.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/interop/csv_table.hpp"
#include "experiments/interop/imports/import_formats.hpp"
#include "experiments/record/documents/marked_sections.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"
#include "experiments/trial/metrics/results_document.hpp"
#include "experiments/trial/metrics/span_formats.hpp"

namespace assay::fuzz {
namespace {

/// Calls a function and takes an Error for an answer.
template <class Function>
void answered(const Function& function) {
  try {
    function();
  } catch (const Error&) {
    // It said what is wrong.
  }
}

void read_experiment(std::string_view text) {
  answered([&] { (void)definition::parse_definition({"a.toml", std::string(text)}); });
}
void read_experiment_json(std::string_view text) {
  answered([&] { (void)definition::parse_definition({"a.json", std::string(text)}); });
}
void read_lab_files(std::string_view text) {
  const definition::SourceText source{"lab.toml", std::string(text)};
  answered([&] { (void)definition::parse_milestones(source); });
  answered([&] { (void)definition::parse_environment_rules(source); });
  answered([&] { (void)definition::parse_gate_policy(source); });
}
void read_plan(std::string_view text) {
  answered([&] { (void)formats::parse_plan(text); });
}
void read_block(std::string_view text) {
  answered([&] { (void)formats::parse_block(text); });
}
void read_record(std::string_view text) {
  answered([&] { (void)formats::parse_record(text, "0001-a.json"); });
  answered([&] { (void)formats::parse_record_head(text, "0001-a.json"); });
  answered([&] { (void)formats::parse_entry(text, "0001-a.json"); });
}
void read_other_tools(std::string_view text) {
  const std::string file(text);
  answered([&] { (void)interop::import_file(file, "file", std::nullopt); });
  for (const interop::ImportFormat& format : interop::import_formats()) {
    answered([&] { (void)interop::import_file(file, "file", format.name); });
  }
}
void read_csv(std::string_view text) {
  answered([&] {
    const interop::CsvTable table = interop::read_csv(text, "a.csv", {});
    (void)interop::numbers_in(table, interop::only_column_of(table));
  });
}
void read_reports(std::string_view text) {
  for (const ReportFormat format : {ReportFormat::junit, ReportFormat::tap, ReportFormat::ctest}) {
    answered([&] { (void)trial::parse_report(format, text); });
  }
}
void read_results(std::string_view text) {
  answered([&] { (void)trial::read_results_document(text); });
}
void read_spans(std::string_view text) {
  answered([&] { (void)trial::parse_any_spans(text, "", [](const Error&) {}); });
  answered([&] { (void)trial::parse_span_log(text, [](const Error&) {}); });
}
void read_claims(std::string_view text) {
  answered([&] { (void)adversary::claims_in_document(text, std::nullopt); });
}
void read_diff(std::string_view text) {
  answered(
      [&] { (void)adversary::findings_in(text, [](const std::string& path) { return path.ends_with(".toml"); }); });
}
void read_sections(std::string_view text) {
  answered([&] { (void)record::sections_in(text, "DECISIONS.md"); });
}
void read_words(std::string_view text) {
  answered([&] { (void)split_command(text); });
  answered([&] { (void)parse_duration(text); });
  answered([&] { (void)parse_bytes(text); });
  answered([&] { (void)parse_percent(text); });
  answered([&] { (void)read_written_number(text, std::nullopt); });
  answered([&] { (void)definition::parse_condition(std::string(text)); });
}

constexpr std::array kReaders = {Reader{"experiment", read_experiment},
                                 Reader{"experiment-json", read_experiment_json},
                                 Reader{"lab-files", read_lab_files},
                                 Reader{"plan", read_plan},
                                 Reader{"block", read_block},
                                 Reader{"record", read_record},
                                 Reader{"other-tools", read_other_tools},
                                 Reader{"csv", read_csv},
                                 Reader{"reports", read_reports},
                                 Reader{"results", read_results},
                                 Reader{"spans", read_spans},
                                 Reader{"claims", read_claims},
                                 Reader{"diff", read_diff},
                                 Reader{"sections", read_sections},
                                 Reader{"words", read_words}};

constexpr unsigned kMostSeconds = 5;

}  // namespace

std::span<const Reader> readers() {
  return kReaders;
}

const Reader* find_reader(std::string_view name) {
  const auto found =
      std::find_if(kReaders.begin(), kReaders.end(), [name](const Reader& reader) { return reader.name == name; });
  return found == kReaders.end() ? nullptr : &*found;
}

void read_in_time(const Reader& reader, std::string_view text) {
  ::alarm(kMostSeconds);
  reader.read(text);
  ::alarm(0);
}

}  // namespace assay::fuzz
