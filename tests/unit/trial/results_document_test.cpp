#include "experiments/trial/metrics/results_document.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::trial {
namespace results_document_tests {

using definition::JsonRoot;
using nlohmann::json;

json found_in(std::string_view text, std::string_view place) {
  const ResultsDocument document = read_results_document(text);
  json values = json::array();
  for (const auto& found :
       definition::find_json(definition::parse_json_selector(place), document.value, document.root)) {
    values.push_back(*found.value);
  }
  return values;
}

std::string refusal(std::string_view text) {
  return test::message_of([&] { (void)read_results_document(text); });
}

TEST(ResultsDocument, SaysWhereATextStopsBeingJson) {
  EXPECT_EQ(refusal("{\"a\": 1,\n \"b\": 12x4}"), "it stops being JSON at line 2, column 7: \"12x4\"");
  EXPECT_EQ(refusal("{\"a\": 1,\n \"b\": [1, 2"), "it stops being JSON at line 2, column 12: its end is missing");
  EXPECT_EQ(refusal("a = 1"), "it stops being JSON at line 1, column 1: \"a\"");
  EXPECT_EQ(refusal("log\n{\"a\": tru}\n"), "it stops being JSON at line 2, column 7: \"tru\"");
  EXPECT_EQ(refusal(" \n"), "it is empty");
}

TEST(ResultsDocument, PassesOverNumbersThatNobodyAsksFor) {
  constexpr std::string_view kText =
      R"({"ops": 1001.5, "s": {"1": {"mean": -nan, "max": Infinity, "n": "nan \" inf"}}})";
  EXPECT_EQ(found_in(kText, "/ops"), json({1001.5}));
  EXPECT_EQ(read_results_document(kText).passed_over, "at line 1, column 37: \"-nan\"");
  EXPECT_EQ(found_in(kText, "/s/1/mean"), json({"-nan"}));
  EXPECT_EQ(found_in(kText, "/s/1/n"), json({"nan \" inf"}));
  EXPECT_EQ(refusal("{\"a\": nan, \"b\": nan, \"c\": x}"), "it stops being JSON at line 1, column 27: \"x\"");
}

TEST(ResultsDocument, FindsTheObjectBetweenLinesOfALog) {
  EXPECT_EQ(found_in("[info] starting\n12:00 warming up {3}\n{\n  \"ops\": 7\n}\ndone\n", "/ops"), json({7}));
  EXPECT_EQ(found_in("\xEF\xBB\xBF{\"ops\": 7}", "/ops"), json({7}));
}

TEST(ResultsDocument, SaysWhereOtherTextStands) {
  EXPECT_EQ(read_results_document("{\"a\": 1}\n\n  \n").other_text, "");
  EXPECT_EQ(read_results_document("{\"a\": 1}\n{\"a\": 2}\n").other_text, "");
  EXPECT_EQ(read_results_document("warning: old\n{\"a\": 1}\n").other_text, "at line 1, column 1: \"warning\"");
  EXPECT_EQ(read_results_document("{\"a\": 1}\n\n  done\n").other_text, "at line 3, column 3: \"done\"");
}

TEST(ResultsDocument, ReadsJsonLines) {
  constexpr std::string_view kText =
      "{\"reason\": \"benchmark-complete\", \"id\": \"a\", \"ms\": 1}\n"
      "{\"reason\": \"benchmark-complete\", \"id\": \"b\", \"ms\": 2}\n{\"reason\": \"group-complete\"}\n";
  EXPECT_EQ(read_results_document(kText).root, JsonRoot::stream);
  EXPECT_EQ(found_in(kText, "/ms"), json({1, 2}));
  EXPECT_EQ(found_in(kText, "/id=b/ms"), json({2}));
  EXPECT_EQ(found_in(kText, "/1/ms"), json({2}));
  EXPECT_EQ(found_in(kText, "/-1/reason"), json({"group-complete"}));
}

TEST(ResultsDocument, KnowsKeysThatStandTwice) {
  const ResultsDocument document =
      read_results_document(R"({"a": 1, "list": [0, {"b": 1, "c/d": {"e": 1}, "c/d": {"e": 2}}]})");
  EXPECT_EQ(document.repeated_keys, std::set<std::string>{"/list/1/c~1d"});
  EXPECT_EQ(repeated_key_around(document, "/list/1/c~1d/e"), "/list/1/c~1d");
  EXPECT_EQ(repeated_key_around(document, "/list/1/b"), "");
  EXPECT_EQ(read_results_document("{\"a\": 1, \"a\": 2}\n{\"b\": 1}\n").repeated_keys, std::set<std::string>{"/0/a"});
}

}  // namespace results_document_tests
}  // namespace assay::trial
