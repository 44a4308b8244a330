#pragma once

#include <vector>

#include "experiments/definition/definition.hpp"
#include "experiments/definition/keys/table.hpp"

namespace assay::definition {

// The tables of an experiment file. `read_as<Workload>(field)` reads one; docs/formats/experiment.md and the schema
// list their keys.

/// The whole file; what is read in which order says parse_definition.cpp.
[[nodiscard]] const TableDescription& experiment_file_table();
/// The table [experiment].
[[nodiscard]] const TableDescription& experiment_table();
/// The forms of [variable], one for each kind of variable, in the order of the kinds.
[[nodiscard]] const std::vector<TableDescription>& variable_tables();
/// The forms of [[check]], one for each kind of check, in the order of the kinds.
[[nodiscard]] const std::vector<TableDescription>& check_tables();
/// The form of [variable] whose levels race.
[[nodiscard]] TableDescription levels_form();
/// A level of several that race, if it is a table.
[[nodiscard]] const TableDescription& racing_level_table();
/// A table [protocol]. Its seed is read apart, since it may be drawn.
template <>
const TableDescription& table_of<Protocol>();
template <>
const TableDescription& table_of<Simulation>();
template <>
const TableDescription& table_of<Workload>();
template <>
const TableDescription& table_of<Limits>();
/// The declared needs of a workload.
[[nodiscard]] const TableDescription& weight_table();
/// A table [state.NAME].
template <>
const TableDescription& table_of<State>();
template <>
const TableDescription& table_of<Metric>();
template <>
const TableDescription& table_of<Target>();
template <>
const TableDescription& table_of<Budget>();
template <>
const TableDescription& table_of<Plant>();
template <>
const TableDescription& table_of<EnvironmentLevel>();
/// The value of an environment variable, or its absence.
[[nodiscard]] Shape environment_level_shape();

}  // namespace assay::definition
