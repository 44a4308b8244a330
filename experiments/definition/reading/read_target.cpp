#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/text/spelling.hpp"
#include "core/text/utf8.hpp"
#include "experiments/definition/reading/readers.hpp"
#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

/// The one of that name; a target is about something that the file has.
template <class Named>
const Named& named(const std::vector<Named>& all, const Field& field, std::string_view what) {
  const std::string name = field.text();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == name; });
  if (found != all.end()) return *found;
  field.fail(
      fmt::format("{} is no {} of this file{}", in_quotes(name), what, did_you_mean(shortened(name), names_of(all))));
}

std::string read_state(const Field& table, const Workload& workload) {
  const std::optional<Field> state = table.find("state");
  if (!state) {
    if (workload.states.size() == 1) return workload.states.front();
    table.fail(fmt::format("workload {} is tried in {} states: say in state which one the target is about",
                           in_quotes(workload.name), workload.states.size()));
  }
  std::string name = state->text();
  if (std::find(workload.states.begin(), workload.states.end(), name) != workload.states.end()) return name;
  state->fail(fmt::format("workload {} is not tried in the state {}", in_quotes(workload.name), in_quotes(name)));
}

double read_limit(const Field& field, const std::string& unit) {
  const bool bare = field.is_number();
  if (bare && (unit == "s" || unit == "B")) {
    field.fail(fmt::format("expected a {} with its unit, for example \"{}\", not a bare number",
                           unit == "s" ? "time" : "size", unit == "s" ? "90 s" : "512 MiB"));
  }
  if (bare) return field.number();
  try {
    return parse_limit(shortened(printable(field.text())), unit);
  } catch (const Error& error) {
    field.fail(error.what());
  }
}

/// Limits on the way, each tighter than the one before, and none as tight as the limit itself.
void read_stages(const Field& table, Target& target) {
  const std::optional<Field> stages = table.find("stages");
  if (!stages) return;
  for (const Field& element : stages->elements()) {
    const double stage = read_limit(element, target.unit);
    if (!is_looser(target.bound, stage, target.limit)) {
      element.fail(fmt::format("a stage asks for less than the limit: {} is not looser than {}",
                               limit_text(target, stage), limit_text(target, target.limit)));
    }
    if (!target.stages.empty() && !is_looser(target.bound, target.stages.back(), stage)) {
      element.fail(fmt::format("each stage is tighter than the one before: {} is not tighter than {}",
                               limit_text(target, stage), limit_text(target, target.stages.back())));
    }
    target.stages.push_back(stage);
  }
}

void read_bound(const Field& table, Target& target) {
  const auto at_most = table.find("at_most");
  const auto at_least = table.find("at_least");
  if (at_most.has_value() == at_least.has_value()) {
    table.fail("a target has one limit: expected either at_most or at_least");
  }
  target.bound = at_most ? Bound::at_most : Bound::at_least;
  target.limit = read_limit(at_most ? *at_most : *at_least, target.unit);
}

Shape limit() {
  return {.type = Shape::Type::text_or_number,
          .title = R"(a limit in the metric's unit, such as "90 s", "1 GiB", "97%" or 120)",
          .definition = "limit",
          .written =
              "the limit, in the metric's unit: a time or size with its unit, a share such as `\"97%\"`, or a "
              "number",
          .examples = {R"("90 s")"}};
}

}  // namespace

template <>
const TableDescription& table_of<Target>() {
  static const TableDescription description =
      Table<Target>({.definition = "target",
                     .title = "a table [[target]] with workload, metric and a limit",
                     .meaning = "A limit that a metric must keep in one workload and state."})
          .key_read_later({.name = "workload",
                           .shape = shape::text("a workload of this file").such_as(R"("custom-html")"),
                           .meaning = "a workload of this file",
                           .need = Need::required})
          .key_read_later({"state", shape::text("a state of that workload").such_as(R"("warm")"),
                           "a state of that workload", "its only one"})
          .key_read_later({.name = "metric",
                           .shape = shape::text("a metric of this file").such_as(R"("wall")"),
                           .meaning = "a metric of this file",
                           .need = Need::required})
          .key<&Target::statistic>(
              {"statistic", shape::name_of<Statistic>("a figure of the measured trials"),
               "a figure of the measured trials of the arm that stands after the decision; if that is the first level "
               "of a race and none was measured afresh, of its trials in the race itself"})
          .key_read_later({"at_most", limit(), "the figure may not be above this", "`at_least` is given"})
          .key_read_later({"at_least", limit(), "the figure may not be below this", "`at_most` is given"})
          .key_read_later({"stages", shape::list_of(limit(), "a list of limits"),
                           "limits on the way, the loosest first: reports say which of them is met. They never replace "
                           "the limit",
                           "none"})
          .key<&Target::best_effort>(
              {"best_effort", shape::some_text("a reason").such_as(R"("the supplier decides it")"),
               "why nothing depends on this target: it is shown, and `assay status --strict` does not fail for it",
               "the target is to be met"})
          .key<&Target::attribution>(
              {"attribution", shape::some_text("a record").such_as(R"("0003")"),
               "the record that the target was derived from, by number, name or hash: a baseline or an attempt whose "
               "trials report [spans](spans.md). The plan holds its hash, and `status` and docs/perf name it",
               "none is named"});
  return description;
}

Target read_target(const Field& table, const Definition& definition) {
  auto target = read_as<Target>(table);
  const Workload& workload = named(definition.workloads, table.at("workload"), "workload");
  const Metric& metric = named(definition.metrics, table.at("metric"), "metric");
  target.workload = workload.name;
  target.state = read_state(table, workload);
  target.metric = metric.name;
  target.unit = metric.unit;
  if (!applies_to(metric.workloads, workload.name)) {
    table.at("metric").fail(
        fmt::format("metric {} is not measured in {}", in_quotes(metric.name), in_quotes(workload.name)));
  }
  read_bound(table, target);
  read_stages(table, target);
  const bool twice = std::any_of(definition.targets.begin(), definition.targets.end(),
                                 [&](const Target& earlier) { return is_same_target(earlier, target); });
  if (twice) table.fail(fmt::format("the target {} is there twice: leave one out", in_quotes(target_name(target))));
  return target;
}

}  // namespace assay::definition
