#include "experiments/record/verification/recomputation.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "core/host/files/digest.hpp"
#include "experiments/decide/attempt_analysis.hpp"
#include "experiments/design/schedule.hpp"
#include "experiments/formats/canonical_json.hpp"
#include "experiments/formats/json_difference.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "experiments/record/verification/figures.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::record {
namespace recomputation_tests {

using nlohmann::json;

/// What is wrong with the sample once its document was changed so.
template <class Change>
std::string flaw_after(const Change& change) {
  json document = json::parse(formats::record_json(sample_record()));
  change(document);
  return flaw_in(formats::canonical_json(document)).value_or("");
}

TEST(FlawIn, IsNoneInARecordAsItWasWritten) {
  EXPECT_EQ(flaw_after([](json&) {}), "");
}

TEST(FlawIn, NamesAFigureThatDoesNotFollow) {
  const std::string flaw = flaw_after([](json& document) { document["result"]["blocks"] = 99; });
  EXPECT_EQ(flaw.find("/result/blocks: recorded 99, computed "), 0U) << flaw;
}

TEST(FlawIn, NamesAVerdictThatDoesNotFollow) {
  EXPECT_EQ(flaw_after([](json& document) { document["result"]["verdict"] = "regressed"; }),
            "/result/verdict: recorded \"regressed\", computed \"improved\"");
}

TEST(FlawIn, SeesASampleThatWasChanged) {
  const std::string flaw =
      flaw_after([](json& document) { document["blocks"][0]["trials"][0]["values"][0] = 0.000001; });
  EXPECT_EQ(flaw.find("/result/"), 0U) << flaw;
}

TEST(FlawIn, SeesAPlanThatIsNotTheOneThatWasHashed) {
  const std::string flaw = flaw_after([](json& document) { document["plan"]["hypothesis"] = "another"; });
  EXPECT_EQ(flaw.find("/plan_sha256: recorded "), 0U) << flaw;
}

TEST(FlawIn, SeesABlockInAnotherOrderThanItsSeedGives) {
  const auto turn = [](json& document) {
    json& trials = document["blocks"][0]["trials"];
    std::swap(trials[0], trials[1]);
  };
  EXPECT_EQ(flaw_after(turn), "/blocks/0/trials: not in the order that the seed gives");
  const std::string flaw = flaw_after([](json& document) { document["blocks"][1]["padding"] = -1; });
  EXPECT_EQ(flaw.find("/blocks/1/padding: recorded -1, drawn "), 0U) << flaw;
}

TEST(FlawIn, SeesALossThatABlockDoesNotState) {
  const auto follow_newest_rules = [](json& document) {
    document["plan"]["rules"] = kNewestRules;
    document["plan_sha256"] = host::sha256(formats::canonical_json(document["plan"]));
  };
  // The fourth block of the sample runs the third, which was lost, again.
  EXPECT_EQ(flaw_after(follow_newest_rules), "/blocks/3/losses: recorded 0, counted 1");
  const auto state = [&](json& document, int losses) {
    follow_newest_rules(document);
    document["blocks"][3]["losses"] = losses;
  };
  EXPECT_EQ(flaw_after([&](json& document) { state(document, 2); }), "/blocks/3/losses: recorded 2, counted 1");
  const std::string others = flaw_after([&](json& document) { state(document, 1); });
  EXPECT_EQ(others.find("/result/"), 0U) << others;  // the sample's result is that of rules 1
}

TEST(FlawIn, SeesTextThatSaysTheSameOtherwise) {
  EXPECT_NE(flaw_in(formats::record_json(sample_record()) + "\n").value_or("").find("canonical"), std::string::npos);
}

constexpr std::int64_t kBetweenBlocks = 60'000'000'000;

/// An attempt at the sample's plan on noise of a half, with a margin of 3 %, until it is over or futile.
Record noisy_record(std::uint64_t seed) {
  Record record = sample_record();
  record.plan.rules = kNewestRules;
  record.plan.protocol.max_blocks = 60;
  record.plan_sha256 = host::sha256(formats::plan_json(record.plan));
  record.blocks.clear();
  decide::AttemptAnalysis analysis(record.plan);
  Generator generator = Seed(seed).stream(Stream::simulation);
  while (!analysis.is_futile() && !analysis.finished()) {
    const int number = static_cast<int>(record.blocks.size()) + 1;
    const BlockOrder order = design::block_order(record.plan, 0, number);
    const std::int64_t started = record.created_ns - (100 - number) * kBetweenBlocks;
    Block block{.cell = 0, .number = number, .started_ns = started, .padding = order.padding, .trials = {}};
    for (const ArmIndex arm : order.arms) {
      Trial trial;
      trial.arm = arm;
      trial.usage.wall = nanoseconds(static_cast<std::int64_t>(1e9 * std::exp(0.5 * generator.normal())));
      trial.values = {static_cast<double>(trial.usage.wall.count()) / 1e9};
      block.trials.push_back(trial);
    }
    analysis.add(block);
    record.blocks.push_back(std::move(block));
  }
  analysis.set_audit(record.result.audit);
  if (analysis.is_futile()) analysis.stop_as_futile();
  record.result = analysis.result();
  return record;
}

Record futile_record() {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Record record = noisy_record(seed);
    if (record.result.stop == Stop::futile) return record;
  }
  ADD_FAILURE() << "none of twenty attempts is futile";
  return noisy_record(1);
}

TEST(FlawIn, IsNoneInAnAttemptThatWasStoppedAsFutile) {
  const Record record = futile_record();
  EXPECT_EQ(record.result.reason, VerdictReason::futile);
  EXPECT_EQ(flaw_in(formats::record_json(record)), std::nullopt);
}

TEST(FlawIn, AllowsTheChanceOfAFutileStopAMillionth) {
  Record record = futile_record();
  const double chance = *record.result.futile_chance;
  record.result.futile_chance = chance + 0.9e-6;
  EXPECT_EQ(flaw_in(formats::record_json(record)), std::nullopt);
  record.result.futile_chance = chance + 1.5e-6;
  EXPECT_NE(flaw_in(formats::record_json(record)).value_or("").find("/result/futile_chance"), std::string::npos);
}

TEST(FlawIn, SeesAnAttemptThatWasCalledFutileWhileItWasNot) {
  Record record = futile_record();
  record.blocks.resize(10);
  const std::string flaw = flaw_in(formats::record_json(record)).value_or("");
  EXPECT_EQ(flaw.find("/result/"), 0U) << flaw;
}

/// The contradiction in the sample once it was changed so.
std::string contradiction_after(void (*change)(Record&)) {
  Record record = sample_record();
  change(record);
  return contradiction_in(record).value_or("");
}

TEST(FiguresOfARecord, DoNotContradictEachOtherAsTheyWereWritten) {
  EXPECT_EQ(contradiction_after([](Record&) {}), "");
}

TEST(FiguresOfARecord, HaveTheValueThatTheKernelCounted) {
  EXPECT_EQ(contradiction_after([](Record& record) { record.blocks[1].trials[0].usage.wall *= 2; }),
            "/blocks/1/trials/0: the value of wall is not that of the trial's own usage");
}

TEST(FiguresOfARecord, HaveBlocksInTheOrderOfTheirTimes) {
  const std::string flaw =
      contradiction_after([](Record& record) { record.blocks[2].started_ns -= 2 * 86'400'000'000'000; });
  EXPECT_EQ(flaw, "/blocks/2/started_ns: it lies before the end of the block before");
}

TEST(FiguresOfARecord, ForgiveAClockThatIsSetBackAnHour) {
  EXPECT_EQ(contradiction_after([](Record& record) { record.blocks[2].started_ns -= 3'600'000'000'000; }), "");
}

TEST(FiguresOfARecord, DateTheRecordAfterItsBlocks) {
  EXPECT_EQ(contradiction_after([](Record& record) { record.created_ns -= 365 * 86'400'000'000'000; }),
            "/created_ns: it lies before the end of the last block");
}

TEST(FiguresOfARecord, KnowNoSilentYear) {
  constexpr std::int64_t kYear = 365 * 86'400'000'000'000;
  const std::string flaw = contradiction_after([](Record& record) { record.created_ns += kYear; });
  EXPECT_EQ(flaw, "/created_ns: it lies more than a month, without an interruption, after the end of the last block");
  EXPECT_EQ(contradiction_after([](Record& record) {
              record.created_ns += kYear;
              record.interruptions_ns.push_back(record.created_ns);
            }),
            "");
}

TEST(FiguresOfARecord, AreOddIfAnArmUsedNoCpuTime) {
  Record record = sample_record();
  EXPECT_EQ(oddity_in(record), "no trial of control used any CPU time");
  for (Block& block : record.blocks) {
    for (Trial& trial : block.trials) trial.usage.user = nanoseconds(1000);
  }
  EXPECT_EQ(oddity_in(record), std::nullopt);
}

TEST(FlawIn, SeesWhatIsNoRecord) {
  EXPECT_NE(flaw_in("{"), std::nullopt);
  EXPECT_NE(flaw_in("{}"), std::nullopt);
}

TEST(DifferenceBetween, LetsTheLastDigitsOfRealsDiffer) {
  EXPECT_EQ(formats::difference_between(json(0.1), json(0.1 + 1e-12), ""), std::nullopt);
  EXPECT_NE(formats::difference_between(json(0.1), json(0.1 + 1e-6), ""), std::nullopt);
  EXPECT_EQ(formats::difference_between(json(1e12), json(1e12 + 1), ""), std::nullopt);
}

TEST(DifferenceBetween, TakesWholeNumbersExactly) {
  EXPECT_NE(formats::difference_between(json(1'000'000'000'001), json(1'000'000'000'000), ""), std::nullopt);
}

TEST(DifferenceBetween, LetsAnOlderRecordLackAKey) {
  EXPECT_EQ(formats::difference_between(json::object(), {{"new", 1}}, ""), std::nullopt);
  EXPECT_EQ(formats::difference_between({{"strange", 1}}, json::object(), "/result"),
            "/result/strange: recorded 1, computed nothing");
}

TEST(DifferenceBetween, CountsElements) {
  EXPECT_EQ(formats::difference_between({1, 2}, json::array({1}), "/a"), "/a: recorded 2 elements, computed 1");
}

}  // namespace recomputation_tests
}  // namespace assay::record
