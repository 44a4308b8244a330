#include "experiments/trial/checks/reports/junit_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/lower_case.hpp"
#include "core/text/trimmed.hpp"
#include "core/text/valid_text.hpp"

namespace assay::trial {
namespace {

std::string kind_in(std::string_view name) {
  return in_lower_case(name.substr(name.rfind(':') + 1));  // npos + 1 is 0
}

/// "timed-out" and "Timed_Out" are one word.
bool means_failed(std::string word) {
  std::erase_if(word, [](char letter) { return letter == '-' || letter == '_'; });
  constexpr std::array<std::string_view, 10> kParts = {"fail",  "error",  "timeout", "timedout", "crash",
                                                       "abort", "broken", "panic",   "killed",   "exception"};
  return std::any_of(kParts.begin(), kParts.end(),
                     [&word](std::string_view part) { return word.find(part) != std::string::npos; });
}

bool means_passed(std::string_view word) {
  return is_junit_word(word, {"", "run", "completed", "passed", "pass", "success", "successful", "succeeded", "ok",
                              "true", "done", "finished", "executed", "expected", "flaky"});
}

bool means_skipped(std::string_view word) {
  return is_junit_word(word, {"notrun", "disabled", "skipped", "skip", "suppressed", "ignored", "pending", "todo",
                              "notexecuted", "not_run", "filtered"});
}

TestEnd end_in_word(std::string_view word) {
  if (means_passed(word)) return TestEnd::passed;
  return means_skipped(word) ? TestEnd::skipped : TestEnd::failed;
}

/// How one attribute of a test or suite says that it ended. Numbers of a suite are totals, so pass="0" denies nothing.
TestEnd end_in_attribute(std::string_view name, std::string_view word) {
  if (is_junit_word(name, {"status", "result", "outcome"})) return end_in_word(word);
  if (is_junit_word(name, {"state", "verdict", "conclusion"})) {  // they may be about something else than the end
    if (means_skipped(word)) return TestEnd::skipped;
    return means_failed(std::string(word)) ? TestEnd::failed : TestEnd::passed;
  }
  if (!is_junit_word(word, {"false", "no"})) return TestEnd::passed;
  if (is_junit_word(name, {"success", "successful", "succeeded", "passed", "pass", "ok"})) return TestEnd::failed;
  return is_junit_word(name, {"executed", "run"}) ? TestEnd::skipped : TestEnd::passed;
}

/// How attributes of a single test say that it ended which are totals of a suite: failed="true", skipped="1".
TestEnd end_in_own_attribute(std::string_view name, std::string_view word) {
  if (word == "0" && is_junit_word(name, {"success", "passed", "ok"})) return TestEnd::failed;
  if (word == "0" && name == "executed") return TestEnd::skipped;
  if (is_junit_word(word, {"", "0", "false", "no", "none"})) return TestEnd::passed;
  if (is_junit_word(name, {"failure", "failures", "failed", "error", "errors", "errored", "crashed", "timedout"})) {
    return TestEnd::failed;
  }
  return is_junit_word(name, {"skipped", "skip", "skips", "ignored", "disabled"}) ? TestEnd::skipped : TestEnd::passed;
}

TestEnd worse_of(TestEnd one, TestEnd other) {
  if (one == TestEnd::failed || other == TestEnd::failed) return TestEnd::failed;
  return one == TestEnd::passed ? other : one;
}

bool is_about_an_earlier_try(std::string_view kind) {
  return is_junit_word(kind, {"flakyfailure", "flakyerror"});
}

bool says_failed_itself(const pugi::xml_node& node, const std::string& kind) {
  if (is_about_an_earlier_try(kind)) return false;
  if (is_junit_word(kind, {"testcase", "testsuite", "testsuites"})) return end_in_attributes(node) == TestEnd::failed;
  return means_failed(kind);
}

/// Whether any element below is of a kind. It does not call itself: reports that are too deep are refused elsewhere,
/// and any other depth must not exhaust the stack.
template <typename Predicate>
bool is_anywhere_below(const pugi::xml_node& top, const Predicate& is_it) {
  pugi::xml_node node = top.first_child();
  while (node) {
    const std::string kind = junit_kind(node);
    if (is_it(node, kind)) return true;
    pugi::xml_node next = is_about_an_earlier_try(kind) ? pugi::xml_node() : node.first_child();
    for (; !next && node && node != top; node = node.parent()) next = node.next_sibling();
    node = next;
  }
  return false;
}

std::int64_t number_in(const pugi::xml_node& node, const pugi::xml_attribute& attribute) {
  const std::string word = in_lower_case(trimmed(attribute.value()));
  if (is_junit_word(word, {"", "false"})) return 0;
  if (word == "true") return 1;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (failure != std::errc{} || end != word.data() + word.size() || number < 0) {
    throw Error(fmt::format("{} \"{}\" states {}=\"{}\", which is no number of tests", node.name(),
                            valid_text(node.attribute("name").value()), attribute.name(),
                            valid_text(attribute.value())));
  }
  return number;
}

}  // namespace

std::string junit_kind(const pugi::xml_node& node) {
  return kind_in(node.name());
}

bool is_junit_word(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

TestEnd end_in_attributes(const pugi::xml_node& node) {
  const bool is_test = junit_kind(node) == "testcase";
  TestEnd end = TestEnd::passed;
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string name = kind_in(attribute.name());
    const std::string word = in_lower_case(trimmed(attribute.value()));
    end = worse_of(end, end_in_attribute(name, word));
    if (is_test) end = worse_of(end, end_in_own_attribute(name, word));
  }
  return end;
}

bool holds_failure(const pugi::xml_node& node) {
  return is_anywhere_below(node, says_failed_itself);
}

bool is_or_holds_failure(const pugi::xml_node& node) {
  const std::string kind = junit_kind(node);
  if (is_about_an_earlier_try(kind)) return false;
  return says_failed_itself(node, kind) || holds_failure(node);
}

bool holds_skip(const pugi::xml_node& node) {
  return is_anywhere_below(node, [](const pugi::xml_node&, const std::string& kind) {
    return is_junit_word(kind, {"skipped", "skip", "disabled", "ignored"});
  });
}

std::int64_t junit_count(const pugi::xml_node& node, std::string_view name) {
  std::int64_t largest = 0;
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (kind_in(attribute.name()) == name) largest = std::max(largest, number_in(node, attribute));
  }
  return largest;
}

StatedTotals stated_totals(const pugi::xml_node& suite) {
  const auto of_any = [&suite](std::initializer_list<std::string_view> names) {
    std::int64_t largest = 0;
    for (const std::string_view name : names) largest = std::max(largest, junit_count(suite, name));
    return largest;
  };
  StatedTotals totals;
  totals.tests = of_any({"tests", "total", "testcases"});
  totals.failed = of_any({"failures", "failure"}) + of_any({"errors", "error", "errored"}) +
                  of_any({"crashed", "crashes"}) + of_any({"timeouts", "timedout"});
  totals.failed = std::max(totals.failed, of_any({"failed", "fails", "fail"}));  // often the sum of both
  totals.skipped = of_any({"skipped", "skips", "skip"}) + of_any({"disabled"}) + of_any({"ignored"});
  return totals;
}

}  // namespace assay::trial
