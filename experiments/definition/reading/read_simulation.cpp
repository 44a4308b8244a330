#include <chrono>

#include "experiments/definition/reading/tables.hpp"

namespace assay::definition {
namespace {

/// A time of which the program keeps the seconds.
struct Seconds {
  static void read(const Field& field, double& seconds) {
    seconds = std::chrono::duration<double>(field.duration()).count();
  }
  static std::string json(double seconds) {
    return in_json(written_duration(std::chrono::round<nanoseconds>(std::chrono::duration<double>(seconds))));
  }
};

Shape change() {
  return shape::text("a percentage with its sign, above -100%");
}

Shape shift() {
  Shape shift = change();
  shift.written = "percentage above -100%";
  return shift.such_as(R"("-10%")");
}

Shape shifts() {
  Shape shifts = shape::list_of(change(), "a list of percentages with their signs, each above -100%");
  shifts.written = "list of percentages above -100%";
  return shifts.such_as(R"(["-10%", "-20%"])");
}

void check_shift(Percent shift, const Field& field) {
  if (shift.value <= -100) field.fail("a change of -100% or below leaves no time: expected more");
}

void finish_simulation(Simulation& simulation, const Field& table) {
  if (simulation.baseline_seconds <= 0) table.at("baseline").fail("expected a time above 0 s");
  const auto shift = table.find("shift");
  if (shift) check_shift(simulation.shift, *shift);
  if (const auto shifts = table.find("shifts")) {
    if (shift) shift->fail("shift is of all levels, shifts of each: leave either out");
    for (const Field& each : shifts->elements()) check_shift(each.percent(), each);
  }
  if (simulation.noise.value < 0) table.at("noise").fail("a standard deviation cannot be negative");
}

}  // namespace

template <>
const TableDescription& table_of<Simulation>() {
  static const TableDescription description =
      Table<Simulation>({.definition = "simulated",
                         .title = "a table [simulated]",
                         .meaning = "A known truth for --engine simulated; nothing else reads it."})
          .key<&Simulation::baseline_seconds, Seconds>(
              {"baseline", shape::duration(), "wall time of a control trial, above 0"})
          .key<&Simulation::shift>(
              {"shift", shift(), "change of treatment against control; `\"-10%\"` takes 10 % less time"})
          .key<&Simulation::shifts>({"shifts", shifts(),
                                     "for levels that race, in place of `shift`: the change of each level but the "
                                     "first against the first"})
          .key<&Simulation::noise>({"noise", shape::percent(), "standard deviation of a trial on the log scale"})
          .key<&Simulation::pace>({"pace", shape::duration(), "real time that each simulated trial takes"})
          .key<&Simulation::failure_rate>(
              {"failure_rate", shape::share().such_as("0.1"), "share of treatment trials that exit 1"})
          .then<finish_simulation>();
  return description;
}

}  // namespace assay::definition
