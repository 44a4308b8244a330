#include "experiments/definition/own_workloads.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/text/utf8.hpp"
#include "experiments/definition/keys/table.hpp"
#include "experiments/definition/mistakes/semantics.hpp"
#include "experiments/definition/reading/tables.hpp"
#include "experiments/definition/shape_mistakes.hpp"
#include "experiments/formats/field.hpp"

namespace assay::definition {
namespace {

struct OwnWorkloads {};

Shape file_of_workloads() {
  static const TableDescription description =
      Table<OwnWorkloads>({.title = "a file of workloads"})
          .key_read_later({.name = "workload",
                           .shape = shape::some_of(shape::table(table_of<Workload>()),
                                                   "a list of one or more workloads, each a table [[workload]] of its "
                                                   "own"),
                           .need = Need::required});
  return shape::table(description);
}

/// What a workload of an experiment may say, and one of a challenger may not.
void refuse_keys_of_experiments(const formats::Field& workload) {
  if (const auto states = workload.find("states")) {
    states->fail("an input of your own is measured in the state of the claim's workload: leave states out");
  }
  if (const auto phases = workload.find("control_phases")) {
    phases->fail("control phases are the claimant's to declare: leave control_phases out");
  }
}

std::string from_folder(const std::string& path, const std::string& folder) {
  return path.empty() || path.front() == '/' ? path : fmt::format("{}/{}", folder, path);
}

void find_claimed_names(const std::vector<Workload>& own, const Plan& claimed, Mistakes& mistakes) {
  for (std::size_t index = 0; index < own.size(); ++index) {
    const std::string& name = own[index].name;
    const bool is_claimed = std::any_of(claimed.workloads.begin(), claimed.workloads.end(),
                                        [&name](const Workload& workload) { return workload.name == name; });
    if (!is_claimed) continue;
    mistakes.push_back({fmt::format("/workload/{}/name", index),
                        fmt::format("the claim's plan has a workload {}, which yours does not replace: give yours "
                                    "another name",
                                    in_quotes(name))});
  }
}

/// The claim's question with the challenger's workloads in place of its own, to look for mistakes in them.
Definition question_about(const std::vector<Workload>& own, const Plan& claimed) {
  Definition definition;
  definition.id = claimed.id;
  definition.hypothesis = claimed.hypothesis;
  definition.variable = claimed.variable;
  definition.workloads = own;
  definition.states = claimed.states;
  definition.protocol = claimed.protocol;
  return definition;
}

}  // namespace

std::vector<Workload> parse_own_workloads(const SourceText& source, const Plan& claimed, const std::string& folder) {
  const Document document = read_document(source);
  if (const Mistakes mistakes = shape_mistakes(document, file_of_workloads()); !mistakes.empty()) {
    throw errors_at(document, mistakes);
  }
  std::vector<Workload> own;
  for (const formats::Field& table : formats::Field::of_document(document).at("workload").elements()) {
    refuse_keys_of_experiments(table);
    Workload& workload = own.emplace_back(read_as<Workload>(table));
    workload.states = claimed.workloads.front().states;
    workload.standard_input = from_folder(workload.standard_input, folder);
    for (std::string& input : workload.inputs) input = from_folder(input, folder);
  }
  Mistakes mistakes;
  const Definition question = question_about(own, claimed);
  find_name_mistakes(question, mistakes);
  find_variable_mistakes(question, mistakes);
  find_workload_mistakes(question, mistakes);
  find_claimed_names(own, claimed, mistakes);
  if (!mistakes.empty()) throw errors_at(document, mistakes);
  return own;
}

}  // namespace assay::definition
