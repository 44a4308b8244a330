#include <array>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {
namespace {

bool has_child(const pugi::xml_node& test, const char* one, const char* other) {
  return static_cast<bool>(test.child(one)) || static_cast<bool>(test.child(other));
}

/// GoogleTest says `status="notrun"` or `result="suppressed"`, ctest `status="disabled"`, the others have an element.
bool is_skipped(const pugi::xml_node& test) {
  if (has_child(test, "skipped", "disabled")) return true;
  constexpr std::array<std::string_view, 4> kNotRun = {"notrun", "disabled", "skipped", "suppressed"};
  for (const char* attribute : {"status", "result"}) {
    const std::string_view value = test.attribute(attribute).value();
    for (const std::string_view word : kNotRun) {
      if (value == word) return true;
    }
  }
  return false;
}

TestEnd end_of(const pugi::xml_node& test) {
  if (has_child(test, "failure", "error")) return TestEnd::failed;
  return is_skipped(test) ? TestEnd::skipped : TestEnd::passed;
}

/// "class.name"; ctest writes the test's name in both places.
std::string name_of(const pugi::xml_node& test) {
  const std::string name = test.attribute("name").value();
  const std::string group = test.attribute("classname").value();
  return group.empty() || group == name ? name : fmt::format("{}.{}", group, name);
}

class Reader : public pugi::xml_tree_walker {
 public:
  TestInventory inventory;

  bool for_each(pugi::xml_node& node) override {
    const std::string_view kind = node.name();
    if (kind == "testcase") add_case(node);
    if (kind == "testsuite") add_suite(node);
    return true;
  }

 private:
  void add_case(const pugi::xml_node& test) {
    const std::string name = valid_text(name_of(test));
    add_test(inventory, name, end_of(test));
    TestTally& tally = inventory.tests[name];
    tally.assertions += test.attribute("assertions").as_llong();
    tally.flaky = tally.flaky || (end_of(test) == TestEnd::passed && has_child(test, "flakyFailure", "flakyError"));
  }

  void add_suite(const pugi::xml_node& suite) {
    if (const pugi::xml_attribute assertions = suite.attribute("assertions")) {
      inventory.suite_assertions[valid_text(suite.attribute("name").value())] += assertions.as_llong();
    }
  }
};

}  // namespace

TestInventory parse_junit(std::string_view text) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed = document.load_buffer(text.data(), text.size());
  if (!parsed) throw Error(fmt::format("it is not whole XML: {} at byte {}", parsed.description(), parsed.offset));
  const std::string_view root = document.document_element().name();
  if (root != "testsuites" && root != "testsuite") {
    throw Error(fmt::format("it is no JUnit report: its root is <{}>, not <testsuites> or <testsuite>", root));
  }
  Reader reader;
  document.traverse(reader);
  return std::move(reader.inventory);
}

}  // namespace assay::trial
