#include "experiments/definition/reading/json_selector.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace json_selector_tests {

using nlohmann::json;

const json kBenchmarks = json::parse(R"({"benchmarks": [
  {"name": "BM_Alloc/8", "run_type": "iteration", "real_time": 80, "threads": 1},
  {"name": "BM_Parse/8", "run_type": "iteration", "real_time": 125, "threads": 2},
  {"name": "BM_Parse/8", "run_type": "aggregate", "real_time": 126, "threads": 2}],
  "a=b": 5, "*": 6, "": 7, "m~n": 8, "lists": [[1, 2], [3]]})");

json found_at(std::string_view place) {
  json values = json::array();
  for (const FoundJson& found : find_json(parse_json_selector(place), kBenchmarks, JsonRoot::value)) {
    EXPECT_EQ(kBenchmarks.at(json::json_pointer(found.pointer)), *found.value);
    values.push_back(*found.value);
  }
  return values;
}

TEST(JsonSelector, IsAPointerWhereItChoosesNothing) {
  EXPECT_EQ(found_at("/benchmarks/1/real_time"), json({125}));
  EXPECT_EQ(found_at("/"), json({7}));
  EXPECT_EQ(found_at("/m~0n"), json({8}));
  EXPECT_EQ(found_at("/benchmarks/9/real_time"), json::array());
  EXPECT_EQ(found_at("/benchmarks/01/real_time"), json::array());
}

TEST(JsonSelector, ChoosesElementsByAMember) {
  EXPECT_EQ(found_at("/benchmarks/name=BM_Alloc~18/real_time"), json({80}));
  EXPECT_EQ(found_at("/benchmarks/name=BM_Parse~18/real_time"), json({125, 126}));
  EXPECT_EQ(found_at("/benchmarks/name=BM_Parse~18/run_type=aggregate/real_time"), json({126}));
  EXPECT_EQ(found_at("/benchmarks/threads=1/real_time"), json({80}));
}

TEST(JsonSelector, TakesEveryElementOfLists) {
  EXPECT_EQ(found_at("/benchmarks/*/real_time"), json({80, 125, 126}));
  EXPECT_EQ(found_at("/lists/*/*"), json({1, 2, 3}));
  EXPECT_EQ(found_at("/lists/*/-1"), json({2, 3}));
}

TEST(JsonSelector, PrefersAKeyThatIsThere) {
  EXPECT_EQ(found_at("/a=b"), json({5}));
  EXPECT_EQ(found_at("/*"), json({6}));
}

TEST(JsonSelector, IsRefusedWhereItIsNone) {
  EXPECT_EQ(test::message_of([] { (void)parse_json_selector("ok"); }),
            "\"ok\" is no JSON pointer: it does not start with /");
  EXPECT_EQ(test::message_of([] { (void)parse_json_selector("/a~2"); }),
            "\"/a~2\" is no JSON pointer: write ~0 for ~ and ~1 for / in keys");
}

}  // namespace json_selector_tests
}  // namespace assay::definition
