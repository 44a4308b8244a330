#include "experiments/trial/metrics/phase_times.hpp"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/scratch_folder.hpp"
#include "tests/unit/trial/spans.hpp"

namespace assay::trial {
namespace phase_times_tests {

using test::span;

/// A trial from 0 to 100 ns.
const TrialTime kTrial{span(0, 100), nanoseconds(100)};

/// The self and total times of a phase; other tests are about the time in which nothing else goes on.
PhaseTime phase(const char* name, int spans, int self, int total) {
  return {.name = name, .spans = spans, .self = nanoseconds(self), .total = nanoseconds(total), .alone = {}};
}

PhaseTimes without_alone(PhaseTimes times) {
  for (PhaseTime& one : times.phases) {
    one.alone = nanoseconds(0);
    one.alone_beside = {};
  }
  return times;
}

PhaseTimes times_of(const SpanLog& log) {
  return without_alone(phase_times(log, kTrial));
}

/// The times in which nothing went on outside of each phase, in byte order of their names.
std::vector<int> alone_of(const SpanLog& log) {
  std::vector<int> all;
  for (const PhaseTime& one : phase_times(log, kTrial).phases) all.push_back(static_cast<int>(one.alone.count()));
  return all;
}

/// The same if what nothing decides goes on beside what it overlaps; -1 if the spans decide it.
std::vector<int> alone_beside_of(const SpanLog& log) {
  std::vector<int> all;
  for (const PhaseTime& one : phase_times(log, kTrial).phases) {
    all.push_back(one.alone_beside ? static_cast<int>(one.alone_beside->count()) : -1);
  }
  return all;
}

TEST(PhaseTimes, OfATrialWithoutSpansAreAllRest) {
  EXPECT_EQ(times_of({}), (PhaseTimes{.phases = {}, .rest = nanoseconds(100), .refused = 0, .objections = {}}));
}

TEST(PhaseTimes, ASpanWithinAnotherTakesItsTimeAway) {
  const PhaseTimes times = times_of({{"deploy", {span(10, 90)}}, {"pull", {span(20, 50), span(60, 70)}}});
  EXPECT_EQ(times.phases, (std::vector<PhaseTime>{phase("deploy", 1, 40, 80), phase("pull", 2, 40, 40)}));
  EXPECT_EQ(times.rest, nanoseconds(20));
}

TEST(PhaseTimes, SpansOfOneNameWithinEachOtherCountOnce) {
  const PhaseTimes times = times_of({{"pull", {span(10, 50), span(20, 30)}}});
  EXPECT_EQ(times.phases, (std::vector<PhaseTime>{phase("pull", 2, 40, 40)}));
}

// From 30 to 50 both are open and neither lies within the other, so each gets 10 of the 20 ns.
TEST(PhaseTimes, SpansThatOverlapShareTheTime) {
  const PhaseTimes times = times_of({{"compile", {span(10, 50)}}, {"pull", {span(30, 80)}}});
  EXPECT_EQ(times.phases, (std::vector<PhaseTime>{phase("compile", 1, 30, 40), phase("pull", 1, 40, 50)}));
  EXPECT_EQ(times.rest, nanoseconds(30));
}

// Three workers at once for 10 ns: a third of it cannot be a whole number, and nothing may be lost.
TEST(PhaseTimes, AndTheRestAddUpToTheWallTimeToTheNanosecond) {
  const PhaseTimes times = times_of({{"a", {span(0, 10)}}, {"b", {span(1, 11)}}, {"c", {span(2, 12)}}});
  nanoseconds sum = times.rest;
  for (const PhaseTime& one : times.phases) sum += one.self;
  EXPECT_EQ(sum, kTrial.wall);
  EXPECT_EQ(times.rest, nanoseconds(88));
}

TEST(PhaseTimes, ASpanThatEndsWhereAnotherStartsDoesNotOverlapIt) {
  const PhaseTimes times = times_of({{"a", {span(0, 50)}}, {"b", {span(50, 100)}}});
  EXPECT_EQ(times.phases, (std::vector<PhaseTime>{phase("a", 1, 50, 50), phase("b", 1, 50, 50)}));
}

TEST(PhaseTimes, ASpanWithoutLengthOnlyCounts) {
  EXPECT_EQ(times_of({{"mark", {span(5, 5)}}}).phases, (std::vector<PhaseTime>{phase("mark", 1, 0, 0)}));
}

// What outlives the program may report spans up to its own end.
TEST(PhaseTimes, TimeBeyondTheWallTimeIsInNoPhase) {
  const PhaseTimes times = without_alone(phase_times({{"late", {span(0, 100)}}}, {span(0, 100), nanoseconds(70)}));
  EXPECT_EQ(times.phases, (std::vector<PhaseTime>{phase("late", 1, 70, 70)}));
  EXPECT_EQ(times.rest, nanoseconds(0));
}

// What goes on beside a phase goes on if the phase takes no time.
TEST(PhaseTimes, AreAloneOnlyWhileNothingElseGoesOn) {
  EXPECT_EQ(alone_of({{"long", {span(0, 60)}}, {"short", {span(10, 65)}}}), (std::vector<int>{10, 5}));
  EXPECT_EQ(alone_of({{"a", {span(0, 40)}}, {"b", {span(30, 80)}}}), (std::vector<int>{30, 40}));
}

TEST(PhaseTimes, AreAloneWithWhatLiesWithinThem) {
  EXPECT_EQ(alone_of({{"deploy", {span(10, 90)}}, {"pull", {span(20, 50)}}}), (std::vector<int>{80, 30}));
  EXPECT_EQ(alone_of({{"deploy", {span(10, 90)}}, {"pull", {span(20, 50)}}, {"start", {span(40, 80)}}}),
            (std::vector<int>{80, 20, 30}));
}

TEST(PhaseTimes, SpansOfOneNameAtOnceAreAloneTogether) {
  EXPECT_EQ(alone_of({{"pull", {span(0, 40), span(20, 60)}}}), (std::vector<int>{60}));
}

std::shared_ptr<const SpanOrigin> origin(SpanOrigin content) {
  return std::make_shared<const SpanOrigin>(std::move(content));
}

/// A span of process 7 and this thread.
Span in_thread(int thread, int start, int end) {
  return {.start = nanoseconds(start), .end = nanoseconds(end), .origin = origin({7, thread, {}, {}})};
}

/// A span of `assay-span` around a command.
Span of_command(int process, std::vector<std::int64_t> ancestors, int start, int end) {
  return {
      .start = nanoseconds(start), .end = nanoseconds(end), .origin = origin({process, {}, std::move(ancestors), {}})};
}

// Two parallel phases of 60 and 50: without the longer one a run is shorter by 10.
TEST(PhaseTimes, SpansOfTwoThreadsGoOnBesideEachOther) {
  const SpanLog log = {{"long", {in_thread(1, 0, 60)}}, {"short", {in_thread(2, 5, 50)}}};
  EXPECT_EQ(alone_of(log), (std::vector<int>{15, 0}));
  EXPECT_EQ(times_of(log).phases, (std::vector<PhaseTime>{phase("long", 1, 37, 60), phase("short", 1, 23, 45)}));
}

TEST(PhaseTimes, SpansOfOneThreadLieWithinEachOther) {
  EXPECT_EQ(alone_of({{"long", {in_thread(1, 0, 60)}}, {"short", {in_thread(1, 0, 50)}}}), (std::vector<int>{60, 50}));
}

TEST(PhaseTimes, ASpanOfAThreadLiesWithinThatOfItsThreadAndNotOfAnother) {
  const SpanLog log = {
      {"deploy", {in_thread(1, 0, 90)}}, {"load", {in_thread(2, 10, 60)}}, {"pull", {in_thread(1, 20, 50)}}};
  EXPECT_EQ(alone_of(log), (std::vector<int>{40, 0, 0}));
}

TEST(PhaseTimes, CommandsThatAShellStartedTogetherGoOnBesideEachOther) {
  EXPECT_EQ(alone_of({{"long", {of_command(11, {10, 2, 1}, 0, 60)}}, {"short", {of_command(13, {12, 2, 1}, 1, 50)}}}),
            (std::vector<int>{11, 0}));
}

// assay-span pull -- sh -c 'assay-span unpack -- tar'
TEST(PhaseTimes, ACommandBelowAnotherIsAPartOfIt) {
  EXPECT_EQ(
      alone_of({{"pull", {of_command(11, {10, 2, 1}, 0, 60)}}, {"unpack", {of_command(13, {12, 11, 10, 2}, 1, 50)}}}),
      (std::vector<int>{60, 49}));
}

TEST(PhaseTimes, WhatACommandReportsOfItselfIsAPartOfIt) {
  EXPECT_EQ(alone_of({{"pull", {of_command(7, {10, 2, 1}, 0, 60)}}, {"unpack", {in_thread(3, 1, 50)}}}),
            (std::vector<int>{60, 49}));
}

// Nobody says whether process 7 was started by the command 11.
TEST(PhaseTimes, WhatMayBeAPartCountsAsOne) {
  EXPECT_EQ(alone_of({{"pull", {of_command(11, {10, 2, 1}, 0, 60)}}, {"unpack", {in_thread(3, 10, 50)}}}),
            (std::vector<int>{60, 40}));
}

TEST(PhaseTimes, ASpanMayNameTheOneThatItIsAPartOf) {
  Span part = in_thread(2, 10, 50);
  part.origin = origin({7, 2, {}, "deploy"});
  EXPECT_EQ(alone_of({{"deploy", {in_thread(1, 0, 60)}}, {"pull", {part}}}), (std::vector<int>{60, 40}));
}

TEST(PhaseTimes, ASpanMaySayThatItIsAPartOfNone) {
  Span root = span(10, 50);
  root.origin = origin({{}, {}, {}, ""});
  EXPECT_EQ(alone_of({{"deploy", {span(0, 60)}}, {"pull", {root}}}), (std::vector<int>{20, 0}));
}

// They may be two threads, or a span and its only part. The time is shared; the most that a run could gain is kept.
TEST(PhaseTimes, SpansThatStartTogetherAndSayNothingShareTheTime) {
  const SpanLog log = {{"long", {span(0, 60)}}, {"short", {span(0, 50)}}};
  EXPECT_EQ(times_of(log).phases, (std::vector<PhaseTime>{phase("long", 1, 35, 60), phase("short", 1, 25, 50)}));
  EXPECT_EQ(alone_of(log), (std::vector<int>{60, 50}));
}

// Two parallel phases of 60 and 50, or a phase of 60 with a part of 50.
TEST(PhaseTimes, BothEndsAreKeptOfWhatNothingDecides) {
  const SpanLog together = {{"long", {span(0, 60)}}, {"short", {span(0, 50)}}};
  EXPECT_EQ(alone_of(together), (std::vector<int>{60, 50}));
  EXPECT_EQ(alone_beside_of(together), (std::vector<int>{10, 0}));
  const SpanLog later = {{"long", {span(0, 60)}}, {"short", {span(8, 58)}}};
  EXPECT_EQ(alone_of(later), (std::vector<int>{60, 50}));
  EXPECT_EQ(alone_beside_of(later), (std::vector<int>{10, 0}));
}

TEST(PhaseTimes, OneEndIsKeptOfWhatTheSpansDecide) {
  const std::vector<int> decided{-1, -1};
  EXPECT_EQ(alone_beside_of({{"long", {in_thread(1, 0, 60)}}, {"short", {in_thread(2, 0, 50)}}}), decided);
  EXPECT_EQ(alone_beside_of({{"long", {in_thread(1, 0, 60)}}, {"short", {in_thread(1, 0, 50)}}}), decided);
  EXPECT_EQ(alone_beside_of({{"a", {span(0, 40)}}, {"b", {span(30, 80)}}}), decided);
  EXPECT_EQ(alone_beside_of({{"pull", {of_command(11, {10, 2, 1}, 0, 60)}}, {"unpack", {span(0, 50)}}}), decided);
}

TEST(PhaseTimes, OnlyWhatOverlapsSomethingUndecidedHasTwoEnds) {
  const SpanLog log = {{"deploy", {span(0, 60)}}, {"pull", {span(10, 40)}}, {"start", {span(70, 90)}}};
  EXPECT_EQ(alone_of(log), (std::vector<int>{60, 30, 20}));
  EXPECT_EQ(alone_beside_of(log), (std::vector<int>{30, 0, -1}));
}

/// A span that a program recorded with <assay/span.hpp>.
Span in_chunk(std::uint64_t chunk, int start, int end) {
  Span recorded = span(start, end);
  recorded.origin = origin({.chunk = chunk});
  return recorded;
}

TEST(PhaseTimes, SpansOfOneChunkAreOfOneThread) {
  EXPECT_EQ(times_of({{"run", {in_chunk(3, 0, 60)}}, {"work", {in_chunk(3, 0, 50)}}}).phases,
            (std::vector<PhaseTime>{phase("run", 1, 10, 60), phase("work", 1, 50, 50)}));
}

TEST(PhaseTimes, SpansOfTwoChunksThatStartTogetherShareTheTime) {
  EXPECT_EQ(times_of({{"long", {in_chunk(0, 0, 60)}}, {"short", {in_chunk(1, 0, 50)}}}).phases,
            (std::vector<PhaseTime>{phase("long", 1, 35, 60), phase("short", 1, 25, 50)}));
}

TEST(PhaseTimes, WhatAProgramRecordsIsAPartOfTheCommandThatRunsIt) {
  EXPECT_EQ(times_of({{"run", {of_command(11, {10, 2, 1}, 0, 60)}}, {"work", {in_chunk(0, 0, 50)}}}).phases,
            (std::vector<PhaseTime>{phase("run", 1, 10, 60), phase("work", 1, 50, 50)}));
}

TEST(PhaseTimes, APartThatOthersFollowIsAPartThoughItStartsWithTheWhole) {
  const PhaseTimes times = times_of({{"deploy", {span(0, 60)}}, {"pull", {span(0, 40)}}, {"start", {span(45, 55)}}});
  EXPECT_EQ(times.phases,
            (std::vector<PhaseTime>{phase("deploy", 1, 10, 60), phase("pull", 1, 40, 40), phase("start", 1, 10, 10)}));
}

class ReadPhaseTimesTest : public testing::Test {
 protected:
  PhaseTimes read(const std::string& lines) {
    std::ofstream(folder_ / "spans") << lines;
    constexpr int kSecond = 1'000'000'000;
    return without_alone(read_phase_times({folder_ / "spans"}, {span(0, kSecond), nanoseconds(kSecond)}));
  }

  const test::ScratchFolder folder_;
};

TEST_F(ReadPhaseTimesTest, LinesThatAreNoSpansAreCountedAndTheOthersKept) {
  const PhaseTimes times = read(
      "{\"name\":\"pull\",\"start_ns\":0,\"end_ns\":400000000}\n"
      "nonsense\n"
      "{\"name\":\"pull\"}\n");
  EXPECT_EQ(times.phases, (std::vector<PhaseTime>{phase("pull", 1, 400'000'000, 400'000'000)}));
  EXPECT_EQ(times.refused, 2);
  EXPECT_EQ(times.objections, (std::vector<std::string>{"line 2 of the spans is no span: it is not a JSON object",
                                                        "line 3 of the spans is no span: it has no \"end_ns\""}));
}

TEST_F(ReadPhaseTimesTest, AClockThatWentBackwardsIsNoSpan) {
  const PhaseTimes times = read("{\"name\":\"pull\",\"start_ns\":400000000,\"end_ns\":399999999}\n");
  EXPECT_TRUE(times.phases.empty());
  EXPECT_EQ(times.objections, (std::vector<std::string>{"line 1 of the spans is no span: it ends before it starts"}));
  EXPECT_EQ(times.rest, std::chrono::seconds(1));
}

TEST_F(ReadPhaseTimesTest, ASpanOfAnotherClockIsNotOfTheTrial) {
  const PhaseTimes times = read("{\"name\":\"pull\",\"start_ns\":5000000000,\"end_ns\":6000000000}\n");
  EXPECT_TRUE(times.phases.empty());
  EXPECT_EQ(times.refused, 1);
}

TEST_F(ReadPhaseTimesTest, ANameOfTheTimeInNoPhaseIsNoPhase) {
  for (const std::string name : {"", "(in no phase)"}) {
    const PhaseTimes times = read("{\"name\":\"" + name + "\",\"start_ns\":100000000,\"end_ns\":200000000}\n");
    EXPECT_TRUE(times.phases.empty());
    EXPECT_EQ(times.refused, 1);
  }
}

TEST_F(ReadPhaseTimesTest, LinesSayWhoOpenedTheSpan) {
  const auto line = [](const char* name, int end, const char* keys) {
    return fmt::format("{{\"name\":\"{}\",\"start_ns\":0,\"end_ns\":{},{}}}\n", name, end, keys);
  };
  const auto shares = [&](const char* outer, const char* inner) {
    return read(line("long", 600'000'000, outer) + line("short", 500'000'000, inner)).phases.at(0).self;
  };
  constexpr nanoseconds kOutside(100'000'000);
  constexpr nanoseconds kShared(350'000'000);
  EXPECT_EQ(shares(R"("pid":7,"tid":7)", R"("pid":7,"tid":7)"), kOutside);
  EXPECT_EQ(shares(R"("pid":7,"tid":7)", R"("pid":7,"tid":8)"), kShared);
  EXPECT_EQ(shares(R"("pid":7,"tid":7)", R"("pid":7,"tid":8,"parent":"long")"), kOutside);
  EXPECT_EQ(shares(R"("pid":7,"ancestors":[6,1])", R"("pid":9,"ancestors":[8,7,6,1])"), kOutside);
  EXPECT_EQ(shares(R"("pid":7,"ancestors":[6,1])", R"("pid":9,"ancestors":[8,1])"), kShared);
  EXPECT_EQ(shares(R"("pid":"main")", R"("pid":"main")"), kShared);
}

TEST_F(ReadPhaseTimesTest, TellOnlyTheFirstFewObjections) {
  const PhaseTimes times = read("1\n2\n3\n4\n5\n");
  EXPECT_EQ(times.refused, 5);
  EXPECT_EQ(times.objections.size(), 3U);
}

/// A span that says what the kernel counted for it.
Span counted(int start, int end, const KernelTimes& kernel) {
  return {.start = nanoseconds(start), .end = nanoseconds(end), .kernel = kernel};
}

TEST(PhaseTimes, AddUpWhatTheKernelCountedForTheSpansOfAPhase) {
  const SpanLog log = {{"pull",
                        {counted(0, 10, {nanoseconds(2), nanoseconds(7), nanoseconds(0)}),
                         counted(20, 40, {nanoseconds(3), nanoseconds(11), nanoseconds(1)})}}};
  EXPECT_EQ(phase_times(log, kTrial).phases.at(0).use,
            (PhaseUse{nanoseconds(30), nanoseconds(5), nanoseconds(18), nanoseconds(1)}));
}

TEST(PhaseTimes, DoNotKnowWhatAPhaseUsedIfOneOfItsSpansDoesNotSay) {
  const SpanLog log = {{"pull", {counted(0, 10, {nanoseconds(2)}), span(20, 40)}}};
  EXPECT_EQ(phase_times(log, kTrial).phases.at(0).use, std::nullopt);
}

TEST(PhaseTimes, DoNotKnowTheWaitingForStorageIfOneSpanOnlySaysItsCpuTime) {
  const SpanLog log = {{"pull", {counted(0, 10, {nanoseconds(2)}), counted(20, 40, {nanoseconds(3), nanoseconds(1)})}}};
  EXPECT_EQ(phase_times(log, kTrial).phases.at(0).use, (PhaseUse{nanoseconds(30), nanoseconds(5)}));
}

}  // namespace phase_times_tests
}  // namespace assay::trial
