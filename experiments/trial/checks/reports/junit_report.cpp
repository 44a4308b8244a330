#include <algorithm>
#include <array>
#include <cctype>
#include <pugixml.hpp>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/text/valid_text.hpp"
#include "experiments/trial/checks/reports/test_inventory.hpp"

namespace assay::trial {
namespace {

using Words = std::initializer_list<std::string_view>;

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return result;
}

bool is_word_in(std::string_view word, Words words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// The name of an element in lower case, without its namespace: "failure" for <x:Failure>.
std::string kind_of(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  return lower(name.substr(name.rfind(':') + 1));
}

bool has_child(const pugi::xml_node& test, Words kinds) {
  return std::any_of(test.begin(), test.end(),
                     [&](const pugi::xml_node& child) { return is_word_in(kind_of(child), kinds); });
}

bool says_failed(const pugi::xml_node& node) {
  return has_child(node, {"failure", "error", "rerunfailure", "rerunerror"});
}

/// How a `status` or `result` says that a test ended. A word that nobody knows is no pass.
TestEnd end_in_words(std::string_view word) {
  if (is_word_in(word, {"", "run", "completed", "passed", "pass", "success", "successful", "succeeded", "ok"})) {
    return TestEnd::passed;
  }
  const bool is_skip = is_word_in(word, {"notrun", "disabled", "skipped", "skip", "suppressed", "ignored", "pending",
                                         "todo", "notexecuted", "not_run", "filtered"});
  return is_skip ? TestEnd::skipped : TestEnd::failed;
}

/// GoogleTest says `status="notrun"` or `result="suppressed"`, ctest `status="disabled"` or `status="fail"`; the others
/// have an element.
TestEnd end_of(const pugi::xml_node& test) {
  const TestEnd status = end_in_words(lower(test.attribute("status").value()));
  const TestEnd result = end_in_words(lower(test.attribute("result").value()));
  if (says_failed(test) || status == TestEnd::failed || result == TestEnd::failed) return TestEnd::failed;
  const bool skipped = has_child(test, {"skipped", "skip", "disabled", "ignored"}) || status == TestEnd::skipped ||
                       result == TestEnd::skipped;
  return skipped ? TestEnd::skipped : TestEnd::passed;
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
      const std::string kind = kind_of(child);
      if (kind == "testcase") listed += read_case(child, path);
      if (kind == "testsuite" || kind == "testsuites") listed += read_suite(child, path_of(child, path), depth + 1);
      if (is_word_in(kind, {"failure", "error"})) listed += add(path + " (outside its tests)", TestEnd::failed);
    }
    compare_totals(suite, path, listed);
    if (const pugi::xml_attribute assertions = suite.attribute("assertions")) {
      inventory.suite_assertions[valid_text(path)] += assertions.as_llong();
    }
    return listed;
  }

  /// <testsuites> has a name that says nothing about a test, such as "jest tests".
  static std::string path_of(const pugi::xml_node& suite, const std::string& around) {
    const std::string name = kind_of(suite) == "testsuite" ? suite.attribute("name").value() : "";
    if (name.empty() || around.empty()) return around + name;
    return fmt::format("{} > {}", around, name);
  }

 private:
  static constexpr int kDeepest = 200;

  Listed add(const std::string& name, TestEnd end) {
    add_test(inventory, name, end);
    return {1, end == TestEnd::failed ? 1 : 0, end == TestEnd::skipped ? 1 : 0};
  }

  Listed read_case(const pugi::xml_node& test, const std::string& path) {
    const std::string name = name_in(path, test);
    const TestEnd end = end_of(test);
    const Listed listed = add(name, end);
    TestTally& tally = inventory.tests[name_of_test(name)];
    tally.assertions += test.attribute("assertions").as_llong();
    tally.flaky = tally.flaky || (end == TestEnd::passed && has_child(test, {"flakyfailure", "flakyerror"}));
    return listed;
  }

  /// The class often repeats the suite, as in GoogleTest and Surefire: then once is enough.
  static std::string name_in(const std::string& path, const pugi::xml_node& test) {
    const std::string name = name_of(test);
    const bool repeats = path.empty() || path == test.attribute("classname").value();
    return repeats ? name : fmt::format("{} > {}", path, name);
  }

  /// Totals that the suite states and that no listed test accounts for.
  void compare_totals(const pugi::xml_node& suite, const std::string& path, const Listed& listed) {
    const auto stated = [&](Words attributes) {
      std::int64_t sum = 0;
      for (const std::string_view attribute : attributes) sum += suite.attribute(attribute.data()).as_llong();
      return sum;
    };
    UnlistedTests unlisted{std::max<std::int64_t>(stated({"tests"}) - listed.tests, 0),
                           std::max<std::int64_t>(stated({"failures", "errors"}) - listed.failed, 0),
                           std::max<std::int64_t>(stated({"skipped", "disabled", "ignored"}) - listed.skipped, 0)};
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
    const std::string kind = kind_of(root);
    if (kind != "testsuites" && kind != "testsuite") {
      throw Error(fmt::format("it is no JUnit report: its root is <{}>, not <testsuites> or <testsuite>", root.name()));
    }
    reader.read_suite(root, JunitReader::path_of(root, ""), 0);
  }
  return std::move(reader.inventory);
}

}  // namespace assay::trial
