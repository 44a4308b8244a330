#include "experiments/report/entries/failed_tests.hpp"

#include <functional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/report/quantity.hpp"

namespace assay::report {
namespace {

constexpr std::size_t kMostNamed = 5;

/// Tests that failed in the same arms.
struct Group {
  std::string_view where;
  std::function<bool(const FailedTest&)> holds;
  std::function<std::string(const FailedTest&)> rate;
};

std::string group_text(const Group& group, const CheckResult& check) {
  std::vector<std::string> named;
  std::size_t others = 0;
  for (const FailedTest& test : check.tests) {
    if (!group.holds(test)) continue;
    if (named.size() == kMostNamed) {
      ++others;
    } else {
      named.push_back(fmt::format("{} ({})", test.test, group.rate(test)));
    }
  }
  if (named.empty()) return "";
  const std::string more = others == 0 ? "" : fmt::format(", and {} more", others);
  return fmt::format("{}: {}{}", group.where, fmt::join(named, ", "), more);
}

}  // namespace

std::string failed_tests_text(const CheckResult& check) {
  const std::string of_control = count_text(check.reported_control, "trial");
  const std::string of_treatment = count_text(check.reported_treatment, "trial");
  const std::vector<Group> groups = {
      {"in treatment only", [](const FailedTest& test) { return test.failed_control == 0; },
       [&](const FailedTest& test) { return fmt::format("{} of {}", test.failed_treatment, of_treatment); }},
      {"in both arms", [](const FailedTest& test) { return test.failed_control > 0 && test.failed_treatment > 0; },
       [&](const FailedTest& test) {
         return fmt::format("{} of {} of control, {} of {} of treatment", test.failed_control, of_control,
                            test.failed_treatment, of_treatment);
       }},
      {"in control only", [](const FailedTest& test) { return test.failed_treatment == 0; },
       [&](const FailedTest& test) { return fmt::format("{} of {}", test.failed_control, of_control); }},
  };
  std::vector<std::string> texts;
  for (const Group& group : groups) {
    const std::string text = group_text(group, check);
    if (!text.empty()) texts.push_back(text);
  }
  return fmt::format("{}", fmt::join(texts, "; "));
}

}  // namespace assay::report
