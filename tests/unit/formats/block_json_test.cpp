#include "experiments/formats/block/block_json.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "core/error.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "tests/unit/formats/arbitrary.hpp"

namespace assay::formats {
namespace block_json_tests {

Block small_block() {
  Block block;
  block.number = 7;
  block.padding = 12;
  Trial trial;
  trial.usage.wall = nanoseconds(1'500'000);
  trial.usage.max_rss = Bytes{1'380'352};
  trial.values = {0.0015, std::nullopt};
  block.trials = {trial};
  return block;
}

RC_GTEST_PROP(BlockJson, ReadsBackWhatItWrote, ()) {
  const Block block = some_block();
  RC_ASSERT(parse_block(block_json(block)) == block);
}

RC_GTEST_PROP(BlockJson, IsCanonical, ()) {
  const std::string text = block_json(some_block());
  RC_ASSERT(canonical_json(parse_json(text, "block")) == text);
}

TEST(BlockJson, LeavesOutWhatIsAbsentOrZero) {
  EXPECT_EQ(block_json(small_block()),
            R"({"cell":0,"number":7,"padding":12,"rerun":0,"started_ns":0,"trials":[{"arm":0,)"
            R"("outcome":{"kind":"measured"},"strain":{},"usage":{"max_rss_bytes":1380352,"system_ns":0,"user_ns":0,)"
            R"("wall_ns":1500000},"values":[0.0015,null]}]})");
}

TEST(BlockJson, HoldsWhatHappenedAroundATrial) {
  Block block = small_block();
  block.trials[0].outside = {.prepare = nanoseconds(1),
                             .prepare_cpu = nanoseconds(2),
                             .after = nanoseconds(3),
                             .conclude = nanoseconds(4),
                             .conclude_cpu = nanoseconds(5),
                             .survived = nanoseconds(6),
                             .services = nanoseconds(7),
                             .stops = 8};
  EXPECT_NE(block_json(block).find(R"("outside":{"after_ns":3,)"), std::string::npos);
  EXPECT_EQ(parse_block(block_json(block)), block);
}

TEST(BlockJson, ReplacesBytesThatAreNotUtf8) {
  Block block = small_block();
  block.trials[0].outcome = CheckFailed{"same page", "got \xff!"};
  const Block back = parse_block(block_json(block));
  EXPECT_EQ(std::get<CheckFailed>(back.trials[0].outcome).detail, "got \xEF\xBF\xBD!");
}

TEST(BlockJson, RefusesAnOutcomeItDoesNotKnow) {
  std::string text = block_json(small_block());
  text.replace(text.find("measured"), 8, "vanished");
  try {
    (void)parse_block(text);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "/trials/0/outcome/kind: \"vanished\" is not an outcome");
  }
}

}  // namespace block_json_tests
}  // namespace assay::formats
