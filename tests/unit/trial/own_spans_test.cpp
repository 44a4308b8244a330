#include "experiments/trial/metrics/own_spans.hpp"

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::trial {
namespace own_spans_tests {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::seconds;

const nanoseconds kStart = hours(5);  ///< of the trial, on the monotonic clock
const TrialTime kTrial{{kStart, kStart + seconds(1)}, seconds(1)};
const nanoseconds kUnixAhead = hours(490'000);

class OwnSpansTest : public testing::Test {
 protected:
  SpanLog read(const std::string& text) {
    host::write_file_atomically(path_, text);
    return read_file();
  }
  SpanLog read_at(const std::string& pointer, const std::string& text) {
    host::write_file_atomically(path_, text);
    return read_file(pointer);
  }
  SpanLog read_file(const std::string& pointer = "") {
    SpanLog log;
    add_own_spans(log, {path_, pointer}, kTrial, kUnixAhead,
                  [this](const Error& error) { objections_.emplace_back(error.what()); });
    return log;
  }
  static std::string chrome(nanoseconds start, nanoseconds length) {
    return R"([{"ph":"X","name":"pull","ts":)" + std::to_string(start.count() / 1000) + R"(,"dur":)" +
           std::to_string(length.count() / 1000) + "}]";
  }
  static std::string telemetry(nanoseconds start, nanoseconds end) {
    return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"pull","startTimeUnixNano":")" +
           std::to_string(start.count()) + R"(","endTimeUnixNano":")" + std::to_string(end.count()) + R"("}]}]}]})";
  }

  const test::ScratchFolder folder_;
  const std::string path_ = folder_.path() + "/trace.json";
  std::vector<std::string> objections_;
};

TEST_F(OwnSpansTest, TimesOfTheMonotonicClockStayAsTheyAre) {
  const SpanLog log = read(chrome(kStart + milliseconds(200), milliseconds(300)));
  EXPECT_EQ(log, (SpanLog{{"pull", {{kStart + milliseconds(200), kStart + milliseconds(500)}}}}));
}

TEST_F(OwnSpansTest, AFileThatIsCutOffIsSaid) {
  EXPECT_TRUE(read(R"({"phases":{"pull":0.2,"sta)").empty());
  EXPECT_EQ(objections_, std::vector<std::string>{"trace.json: it stops being JSON, so none of its spans is read"});
}

TEST_F(OwnSpansTest, ResultsThatAreNoJsonHaveNone) {
  EXPECT_TRUE(read("speed: 3\n").empty());
  EXPECT_TRUE(read("{\"speed\":3}\n{\"speed\":4}\n").empty());
  EXPECT_TRUE(objections_.empty());
}

TEST_F(OwnSpansTest, APhaseThatIsNoneLosesNoOther) {
  const SpanLog log = read(R"({"phases":{"a":0.1,"b":"x","c":-1,"d":1e300,"":2,"e":0.2}})");
  EXPECT_EQ(log.size(), 2U);
  EXPECT_TRUE(log.contains("a") && log.contains("e"));
  EXPECT_EQ(objections_.size(), 4U);
}

TEST_F(OwnSpansTest, UnixTimesAreMovedToTheMonotonicClock) {
  const nanoseconds unix = kStart + kUnixAhead;
  const SpanLog log = read(telemetry(unix + milliseconds(200), unix + milliseconds(500)));
  EXPECT_EQ(log, (SpanLog{{"pull", {{kStart + milliseconds(200), kStart + milliseconds(500)}}}}));
}

TEST_F(OwnSpansTest, TimesOfAnotherClockBeginWithTheTrial) {
  const SpanLog log = read(chrome(hours(77), milliseconds(300)));
  EXPECT_EQ(log, (SpanLog{{"pull", {{kStart, kStart + milliseconds(300)}}}}));
}

TEST_F(OwnSpansTest, PhasesInSecondsFollowEachOtherFromTheStart) {
  const SpanLog log = read(R"({"ok":true,"phases":{"pull":0.25,"start":0.5}})");
  EXPECT_EQ(log, (SpanLog{{"pull", {{kStart, kStart + milliseconds(250)}}},
                          {"start", {{kStart + milliseconds(250), kStart + milliseconds(750)}}}}));
}

TEST_F(OwnSpansTest, OneSpanOfAnotherTimeDoesNotMoveTheOthers) {
  const std::string earlier = R"({"name":"old","start_ns":5,"end_ns":9})";
  const std::string now = R"({"name":"pull","start_ns":)" + std::to_string(kStart.count()) + R"(,"end_ns":)" +
                          std::to_string((kStart + seconds(1)).count()) + "}";
  const SpanLog log = read("{\"spans\":[" + earlier + "," + now + "]}");
  EXPECT_EQ(log.at("pull"), (std::vector<Span>{{kStart, kStart + seconds(1)}}));
  EXPECT_EQ(log.at("old").front().start.count(), 5);  // and is refused, since it lies outside the trial
}

TEST_F(OwnSpansTest, ASpanThatEndsBeforeItStartsIsToldAndTheOthersAreKept) {
  const SpanLog log =
      read(R"({"spans":[{"name":"back","start_ns":9,"end_ns":8},{"name":"pull","start_ns":1,"end_ns":2}]})");
  EXPECT_EQ(log.size(), 1U);
  EXPECT_EQ(objections_, std::vector<std::string>{"trace.json: element 1 of the spans is no span: it ends before it "
                                                  "starts"});
}

TEST_F(OwnSpansTest, ResultsWithoutSpansHaveNone) {
  EXPECT_TRUE(read_file().empty());
  for (const char* text : {"", "no JSON", "7", "[1,2]", R"({"rate":7,"phases":3,"spans":"none"})"}) {
    EXPECT_TRUE(read(text).empty()) << text;
  }
  EXPECT_TRUE(objections_.empty());
}

TEST_F(OwnSpansTest, TheirPlaceMayBeNamed) {
  const SpanLog seconds_by_name = {{"pull", {{kStart, kStart + milliseconds(250)}}},
                                   {"start", {{kStart + milliseconds(250), kStart + milliseconds(750)}}}};
  EXPECT_EQ(read_at("/timing", R"({"ok":true,"timing":{"pull":0.25,"start":0.5},"phases":{"no":1}})"), seconds_by_name);
  EXPECT_EQ(read_at("/runs/0/a~1b", R"({"runs":[{"a/b":{"spans":{"pull":0.25,"start":0.5}}}]})"), seconds_by_name);
  EXPECT_EQ(read_at("/trace", "{\"trace\":" + chrome(kStart, milliseconds(250)) + "}").at("pull"),
            seconds_by_name.at("pull"));
  EXPECT_TRUE(objections_.empty());
}

TEST_F(OwnSpansTest, APlaceThatIsNotThereIsTold) {
  EXPECT_TRUE(read_at("/timing", R"({"phases":{"pull":0.25}})").empty());
  EXPECT_TRUE(read_at("/timing", R"({"timing":7})").empty());
  EXPECT_TRUE(read_at("/timing", "speed: 3\n").empty());
  EXPECT_EQ(objections_, (std::vector<std::string>{
                             R"(trace.json: it has no place "/timing": expected a JSON pointer such as /spans)",
                             "trace.json: there are no spans: expected a list or an object",
                             R"(trace.json: it is no JSON document, so it has no place "/timing")"}));
}

TEST_F(OwnSpansTest, PhasesThatAreNoSecondsAreTold) {
  EXPECT_EQ(read(R"({"phases":{"pull":0.25,"start":"soon"}})").size(), 1U);
  ASSERT_EQ(objections_.size(), 1U);
  EXPECT_EQ(objections_[0], "trace.json: \"start\" is no number of seconds");
}

}  // namespace own_spans_tests
}  // namespace assay::trial
