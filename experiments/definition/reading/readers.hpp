#pragma once

#include <optional>
#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/formats/field.hpp"

namespace assay::definition {

using formats::Field;
using formats::shell_argv;

// Each turns one table of a document that has the schema's shape into its value. \throws Error at the place of what
// the schema could not tell: a unit, a name's form, keys that exclude each other.

[[nodiscard]] Variable read_variable(const Field& table);
/// What a variable's patches are put on.
[[nodiscard]] std::string revision_to_patch(const Field& table);
/// How a variable's arms are made of git revisions.
[[nodiscard]] SourceBuild read_source_build(const Field& table);
/// A variable of kind "level": its levels are values of an argument or environment variable, or tables of settings or
/// patches.
[[nodiscard]] Variable read_levels(const Field& table);
/// What a variable's `reached` says, in the unit of its metric.
/// \param metrics  of the file; a source that stands in the condition itself becomes an observed one
[[nodiscard]] MetricCondition read_metric_condition(const Field& field, std::vector<Metric>& metrics);
/// A metric that is shown and decides nothing; it takes every value.
[[nodiscard]] Metric observed_metric(const std::string& name, const MetricSource& source);
[[nodiscard]] Workload read_workload(const Field& table);
/// The states that the workloads name, in that order: declared in [state.NAME], or the undeclared "warm".
[[nodiscard]] std::vector<State> read_states(const std::optional<Field>& table, const std::vector<Workload>& workloads);
[[nodiscard]] Metric read_metric(const Field& table);
[[nodiscard]] Check read_check(const Field& table);
/// The workload and metric are looked up in what was read of the file before, and so is an earlier target.
[[nodiscard]] Target read_target(const Field& table, const Definition& definition);
[[nodiscard]] Protocol read_protocol(const std::optional<Field>& table);
[[nodiscard]] std::optional<Seed> read_seed(const std::optional<Field>& protocol);
[[nodiscard]] Simulation read_simulation(const Field& table);

}  // namespace assay::definition
