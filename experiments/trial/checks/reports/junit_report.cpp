#include <algorithm>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/checks/reports/junit_words.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {
namespace {

/// GoogleTest says `status="notrun"` or `result="suppressed"`, ctest `status="disabled"` or `status="fail"`; the others
/// have an element.
TestEnd end_of(const pugi::xml_node& test) {
  const TestEnd stated = end_in_attributes(test);
  if (stated == TestEnd::failed || holds_failure(test)) return TestEnd::failed;
  return stated == TestEnd::skipped || holds_skip(test) ? TestEnd::skipped : TestEnd::passed;
}

bool passed_on_a_rerun(const pugi::xml_node& test) {
  return std::any_of(test.begin(), test.end(), [](const pugi::xml_node& child) {
    return is_junit_word(junit_kind(child), {"flakyfailure", "flakyerror"});
  });
}

/// "class.name"; ctest writes the test's name in both places.
std::string name_of(const pugi::xml_node& test) {
  const std::string name = test.attribute("name").value();
  const std::string group = test.attribute("classname").value();
  return group.empty() || group == name ? name : fmt::format("{}.{}", group, name);
}

/// What a suite lists, with the suites in it.
struct Listed {
  std::int64_t tests = 0;
  std::int64_t failed = 0;
  std::int64_t skipped = 0;

  void operator+=(const Listed& other) {
    tests += other.tests;
    failed += other.failed;
    skipped += other.skipped;
  }
};

class JunitReader {
 public:
  TestInventory inventory;

  /// \param path  the names of the suites around, and of this one
  Listed read_suite(const pugi::xml_node& suite, const std::string& path, int depth) {
    if (depth > kDeepest) throw Error(fmt::format("its suites lie more than {} deep in each other", kDeepest));
    Listed listed;
    for (const pugi::xml_node& child : suite) {
      if (is_test_or_suite(child)) {
        listed += read_nested(child, path, depth);
      } else if (is_or_holds_failure(child)) {
        listed += add(path + " (outside its tests)", TestEnd::failed);
      }
    }
    compare_totals(suite, path, listed);
    if (const std::int64_t assertions = junit_count(suite, "assertions"); assertions > 0) {
      inventory.suite_assertions[valid_text(path)] += assertions;
    }
    return listed;
  }

  /// <testsuites> has a name that says nothing about a test, such as "jest tests".
  static std::string path_of(const pugi::xml_node& suite, const std::string& around) {
    const std::string name = junit_kind(suite) == "testsuite" ? suite.attribute("name").value() : "";
    if (name.empty() || around.empty()) return around + name;
    return fmt::format("{} > {}", around, name);
  }

 private:
  static constexpr int kDeepest = 200;

  Listed add(const std::string& name, TestEnd end) {
    add_test(inventory, name, end);
    return {1, end == TestEnd::failed ? 1 : 0, end == TestEnd::skipped ? 1 : 0};
  }

  static bool is_test_or_suite(const pugi::xml_node& node) {
    return is_junit_word(junit_kind(node), {"testcase", "testsuite", "testsuites"});
  }

  Listed read_nested(const pugi::xml_node& node, const std::string& path, int depth) {
    return junit_kind(node) == "testcase" ? read_case(node, path, depth + 1)
                                          : read_suite(node, path_of(node, path), depth + 1);
  }

  /// A test may hold others, which are listed too.
  Listed read_case(const pugi::xml_node& test, const std::string& path, int depth) {
    if (depth > kDeepest) throw Error(fmt::format("its suites lie more than {} deep in each other", kDeepest));
    const std::string name = name_in(path, test);
    const TestEnd end = end_of(test);
    Listed listed = add(name, end);
    TestTally& tally = inventory.tests[name_of_test(name)];
    tally.assertions += junit_count(test, "assertions");
    tally.flaky = tally.flaky || (end == TestEnd::passed && passed_on_a_rerun(test));
    for (const pugi::xml_node& child : test) {
      if (is_test_or_suite(child)) listed += read_nested(child, name, depth);
    }
    return listed;
  }

  /// The class often repeats the suite, as in GoogleTest and Surefire: then once is enough.
  static std::string name_in(const std::string& path, const pugi::xml_node& test) {
    const std::string name = name_of(test);
    const bool repeats = path.empty() || path == test.attribute("classname").value();
    return repeats ? name : fmt::format("{} > {}", path, name);
  }

  /// Totals that the suite states, or an end of its own, for which no listed test accounts.
  void compare_totals(const pugi::xml_node& suite, const std::string& path, const Listed& listed) {
    StatedTotals stated = stated_totals(suite);
    const TestEnd end = end_in_attributes(suite);
    if (end == TestEnd::failed) stated.failed = std::max<std::int64_t>(stated.failed, 1);
    if (end == TestEnd::skipped) stated.skipped = std::max<std::int64_t>(stated.skipped, 1);
    const UnlistedTests unlisted{std::max<std::int64_t>(stated.tests - listed.tests, 0),
                                 std::max<std::int64_t>(stated.failed - listed.failed, 0),
                                 std::max<std::int64_t>(stated.skipped - listed.skipped, 0)};
    add_unlisted(inventory, path.empty() ? "the report" : "suite " + path, unlisted);
  }
};

/// Entities of its own could hide whole elements from this reader.
void require_no_entities(const pugi::xml_document& document) {
  for (const pugi::xml_node& node : document) {
    if (node.type() != pugi::node_doctype) continue;
    if (std::string_view(node.value()).find('[') == std::string_view::npos) continue;
    throw Error("its document type declares entities of its own, which no test report needs");
  }
}

}  // namespace

TestInventory parse_junit(std::string_view text) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype);
  if (!parsed) throw Error(fmt::format("it is not whole XML: {} at byte {}", parsed.description(), parsed.offset));
  require_no_entities(document);
  JunitReader reader;
  for (const pugi::xml_node& root : document) {
    if (root.type() != pugi::node_element) continue;
    const std::string kind = junit_kind(root);
    if (kind != "testsuites" && kind != "testsuite") {
      throw Error(fmt::format("it is no JUnit report: its root is <{}>, not <testsuites> or <testsuite>", root.name()));
    }
    reader.read_suite(root, JunitReader::path_of(root, ""), 0);
  }
  return std::move(reader.inventory);
}

}  // namespace assay::trial
