#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

void check_budget(Budget& budget, const Field& table) {
  if (budget.memory && budget.memory->count == 0) {
    table.at("memory").fail("no program runs in 0 B: expected a size above 0, or no limit");
  }
  if (budget == Budget{}) table.fail("it limits nothing: expected memory, disk or cpus");
}

}  // namespace

template <>
const TableDescription& table_of<Budget>() {
  static const TableDescription description =
      Table<Budget>({.title = "a table of memory, disk and cpus"})
          .key<&Budget::memory>({"memory", shape::size(),
                                 "the most memory that all processes of a trial may have together, by `memory_peak`",
                                 "none"})
          .key<&Budget::disk>({"disk", shape::size(),
                               "the most by which the file systems may grow while a trial runs, by `disk_growth`",
                               "none"})
          .key<&Budget::cpus>(
              {"cpus",
               {.type = Shape::Type::number, .title = "a number of CPUs above 0", .examples = {"2"}, .above = 0},
               "the most CPUs that trials may keep busy, by the median of `cpu_utilisation`",
               "none"})
          .then<check_budget>();
  return description;
}

}  // namespace assay::definition
