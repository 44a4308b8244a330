#pragma once

#include <optional>
#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/formats/field.hpp"

namespace assay::definition {

using formats::Field;

// Each turns tables of a document that has the described shape into a value, if more is needed than the table itself
// (tables.hpp). \throws Error at the place of what the shape could not tell: a unit, a name's form, keys that exclude
// each other.

[[nodiscard]] Variable read_variable(const Field& table);
/// Reads what a variable's `reached` says, in the unit of its metric.
/// \param metrics  those of the file; a source that stands in the condition itself becomes an observed one
[[nodiscard]] MetricCondition read_metric_condition(const Field& field, std::vector<Metric>& metrics);
/// A metric that is shown and decides nothing; it takes every value.
[[nodiscard]] Metric observed_metric(const std::string& name, const MetricSource& source);
/// The states that the workloads name, in that order: declared in [state.NAME], or the undeclared "warm".
[[nodiscard]] std::vector<State> read_states(const std::optional<Field>& table, const std::vector<Workload>& workloads);
[[nodiscard]] Metric read_metric(const Field& table);
/// Adds a control metric for each phase that a workload says the change cannot touch, with the primary's margin.
/// \param metrics  those of the file
void add_control_phases(const Field& workloads, std::vector<Metric>& metrics);
[[nodiscard]] Check read_check(const Field& table);
/// Adds a guard for each test that a check declares flaky: the share of its runs that passed. It has no margin, so it
/// only vetoes. A metric of the file that reads the same share of the same workloads takes its place.
/// \param metrics  those of the file, and those that were added before
void add_flaky_guards(const Field& checks, std::vector<Metric>& metrics);
/// Looks the workload, the metric and earlier targets up in what was read of the file before.
[[nodiscard]] Target read_target(const Field& table, const Definition& definition);
[[nodiscard]] std::optional<Seed> read_seed(const std::optional<Field>& protocol);

}  // namespace assay::definition
