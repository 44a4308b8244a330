#include "experiments/trial/checks/test_inventory_check.hpp"

#include <algorithm>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "experiments/trial/checks/reports/mutilated_report.hpp"
#include "experiments/trial/glob.hpp"

namespace assay::trial {
namespace {

/// The report's tests without those that do not count; the flaky ones may fail.
TestInventory counted_tests(const TestInventoryCheck& check, std::string_view text) {
  TestInventory inventory = parse_report(check.format, text);
  std::erase_if(inventory.tests, [&](const auto& test) {
    return std::any_of(check.ignore.begin(), check.ignore.end(),
                       [&](const std::string& pattern) { return name_matches(pattern, test.first); });
  });
  if (inventory.tests.empty()) throw Error("ignore leaves no test of it");
  allow_failures(inventory, check.flaky);
  return inventory;
}

ComparedWithControl judgement_of(const TestInventoryCheck& check) {
  return {[check](const ObservationContext& context, const EndedTrial& trial) {
            const std::string text = text_of(context, {check.file, check.normalise}, trial);
            try {
              return counted_tests(check, text);
            } catch (const Error& error) {
              throw error.within(check.file.empty() ? "the report on standard output" : check.file);
            }
          },
          [](const Observation& reference, const Observation& observation) {
            return what_is_lost(std::get<TestInventory>(reference), std::get<TestInventory>(observation));
          }};
}

/// The report without the first of its tests that passed and counts; empty if there is none.
std::optional<std::string> without_counted_test(const TestInventoryCheck& check, const std::string& text) {
  constexpr std::size_t kMostTried = 100;
  const TestInventory whole = counted_tests(check, text);
  for (std::size_t skipped = 0; skipped < kMostTried; ++skipped) {
    std::optional<std::string> fewer = without_one_test(check.format, text, skipped);
    if (!fewer || counted_tests(check, *fewer).tests != whole.tests) return fewer;
  }
  return std::nullopt;
}

std::vector<BreakingCommand> arms_with_fewer_tests(const TestInventoryCheck& check, const BreakingContext& context) {
  std::vector<BreakingCommand> arms = {null_command()};
  if (!check.file.empty()) arms.push_back({"empty report", write_nothing_to(check.file)});
  const std::optional<std::string> fewer = without_counted_test(check, context.output_of_control(check.file));
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
