#include "experiments/trial/checks/test_inventory_check.hpp"

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/checks/reports/mutilated_report.hpp"

namespace assay::trial {
namespace {

ComparedWithControl judgement_of(const TestInventoryCheck& check) {
  return {[check](const ObservationContext& context, const EndedTrial& trial) {
            const std::string text = text_of(context, check.file, trial);
            try {
              return parse_report(check.format, text);
            } catch (const Error& error) {
              throw error.within(check.file.empty() ? "the report on standard output" : check.file);
            }
          },
          [](const Observation& reference, const Observation& observation) {
            return what_is_lost(std::get<TestInventory>(reference), std::get<TestInventory>(observation));
          }};
}

std::vector<BreakingCommand> arms_with_fewer_tests(const TestInventoryCheck& check, const BreakingContext& context) {
  std::vector<BreakingCommand> arms = {null_command()};
  if (!check.file.empty()) arms.push_back({"empty report", write_nothing_to(check.file)});
  const std::optional<std::string> fewer = without_one_test(check.format, context.output_of_control(check.file));
  if (!fewer) throw Error("control's report holds no test that passed");
  const std::string file = context.scratch_folder + "/report";
  host::write_file_atomically(file, *fewer);
  const Argv copy = check.file.empty() ? Argv{"cat", file} : write_to(check.file, R"(cat "$1" > "$0")", file);
  arms.push_back({"one test removed", copy});
  return arms;
}

}  // namespace

CheckRule rule_for(const TestInventoryCheck& check) {
  return {
      .needs = {.file = check.file, .standard_output = check.file.empty() ? OutputNeed::text : OutputNeed::nothing},
      .judgement = judgement_of(check),
      .breaking_commands = [check](const BreakingContext& context) { return arms_with_fewer_tests(check, context); }};
}

}  // namespace assay::trial
