#include "experiments/trial/metrics/span_log.hpp"

#include <filesystem>
#include <fstream>
#include <tuple>

#include <gtest/gtest.h>

#include "core/host/span/span.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/unit/trial/spans.hpp"

namespace assay::trial {
namespace span_log_tests {

using std::chrono::nanoseconds;
using test::span;

constexpr std::string_view kTwo =
    R"({"name":"request","start_ns":10,"end_ns":30}
{"name":"request","start_ns":20,"end_ns":25,"pid":4711,"colour":"red"}
)";

/// The second line of `kTwo`.
Span second() {
  Span two = span(20, 25);
  two.origin = std::make_shared<const SpanOrigin>(SpanOrigin{4711, {}, {}, {}});
  return two;
}

TEST(SpanLog, HoldsTheSpansOfEachName) {
  const SpanLog log = parse_span_log(std::string(kTwo) + R"({"name":"pull","start_ns":0,"end_ns":0})" + "\n");
  EXPECT_EQ(log, (SpanLog{{"request", {span(10, 30), second()}}, {"pull", {span(0, 0)}}}));
}

TEST(SpanLog, LeavesOutALastLineThatWasCutOff) {
  EXPECT_EQ(parse_span_log(std::string(kTwo) + R"({"name":"request","start_ns":4)").at("request").size(), 2U);
}

TEST(SpanLog, TakesALastLineThatOnlyLacksItsEnd) {
  EXPECT_EQ(parse_span_log(R"({"name":"request","start_ns":1,"end_ns":2})").at("request").size(), 1U);
}

TEST(SpanLog, PassesOverEmptyLines) {
  EXPECT_EQ(parse_span_log("\n" + std::string(kTwo) + " \r\n").at("request").size(), 2U);
}

/// The log of one line, or why the line cannot be read.
std::string outcome_of(const std::string& text) {
  std::string outcome;
  try {
    for (const auto& [name, spans] : parse_span_log(text)) {
      for (const Span& one : spans) {
        const SpanOrigin origin = one.origin ? *one.origin : SpanOrigin{};
        outcome += name + testing::PrintToString(std::tuple(one.start, one.end, origin.process, origin.thread,
                                                            origin.ancestors, origin.parent));
        if (one.kernel)
          outcome += testing::PrintToString(std::tuple(one.kernel->cpu, one.kernel->io, one.kernel->memory));
      }
    }
  } catch (const Error& error) {
    return error.what();
  }
  return outcome;
}

// A line with nothing behind it is for the strict reader alone, and others are read by the quick one first.
TEST(SpanLog, TheQuickReaderReadsWhatTheStrictOneReads) {
  const std::vector<std::string> lines = {
      R"({"name":"a","start_ns":1,"end_ns":2})",
      R"( { "end_ns" : 2 , "name" : "a\u00e9\n\"", "start_ns" : 1 } )",
      R"({"name":"a","start_ns":1,"end_ns":2,"pid":7,"tid":-8,"parent":"b","ancestors":[3,2,1],"colour":{"x":[1.5e9]}})",
      R"({"name":"a","start_ns":0,"end_ns":9223372036854775807,"cpu_ns":1,"io_ns":2,"memory_ns":3})",
      R"({"name":"a","start_ns":1,"end_ns":2,"cpu_ns":1,"io_ns":2})",
      R"({"name":"a","start_ns":1,"end_ns":2,"io_ns":2,"memory_ns":"many"})",
      R"({"name":"a","start_ns":1,"end_ns":2,"pid":"main","tid":1.5,"ancestors":[1,"x",2],"parent":7})",
      R"({"name":"a","start_ns":1,"end_ns":2,"pid":18446744073709551615,"ancestors":7})",
      R"({"name":"a","name":"b","start_ns":1,"end_ns":2})",
      R"({"name":"a","start_ns":1,"start_ns":2,"end_ns":2,"end_ns":3})",
      R"({"name":"a","start_ns":-0,"end_ns":2})",
      R"({"name":"a","start_ns":1,"end_ns":2e0})",
      R"({"name":"a","start_ns":-1,"end_ns":2})",
      R"({"name":"a","start_ns":3,"end_ns":2})",
      R"({"name":"a","start_ns":1,"end_ns":9223372036854775808})",
      R"({"name":"a","start_ns":1,"end_ns":99999999999999999999999})",
      R"({"name":"a","start_ns":1,"end_ns":2,"cpu_ns":-1})",
      R"({"name":"","start_ns":1,"end_ns":2})",
      R"~({"name":"(in no phase)","start_ns":1,"end_ns":2})~",
      R"({"name":7,"start_ns":1,"end_ns":2})",
      R"({"name":"a\ud800","start_ns":1,"end_ns":2})",
      R"({"name":"a","start_ns":1,"end_ns":2} x)",
      R"({"name":"a","start_ns":1,"end_ns":2,})",
      R"({"name":"a","start_ns":01,"end_ns":2})",
      R"({"name":"a","start_ns":1})",
      "{\"name\":\"a\x80\",\"start_ns\":1,\"end_ns\":2}",
      "{\"name\":\"a\tb\",\"start_ns\":1,\"end_ns\":2}",
      R"(["name"])",
      "7",
      " ",
  };
  for (const std::string& line : lines) {
    EXPECT_EQ(outcome_of(line + "\n" + std::string(200, '\n')), outcome_of(line + "\n")) << line;
  }
}

TEST(SpanLog, SaysWhichLineIsNoSpan) {
  const auto message = [](const std::string& line) {
    return test::message_of([&] { (void)parse_span_log(std::string(kTwo) + line + "\n"); });
  };
  EXPECT_EQ(message("{"), "line 3 of the spans is no span: it is not a JSON object");
  EXPECT_EQ(message("[1]"), "line 3 of the spans is no span: it is not a JSON object");
  EXPECT_EQ(message(R"({"start_ns":1,"end_ns":2})"),
            "line 3 of the spans is no span: it has no \"name\" that is a text");
  EXPECT_EQ(message(R"({"name":"a","start_ns":1})"), "line 3 of the spans is no span: it has no \"end_ns\"");
  EXPECT_EQ(message(R"({"name":"a","start_ns":1,"end_ns":2.5})"),
            "line 3 of the spans is no span: \"end_ns\" is not a whole number of nanoseconds");
  EXPECT_EQ(message(R"({"name":"a","start_ns":1,"end_ns":18446744073709551615})"),
            "line 3 of the spans is no span: \"end_ns\" is not a whole number of nanoseconds");
  EXPECT_EQ(message(R"({"name":"a","start_ns":-1,"end_ns":2})"),
            "line 3 of the spans is no span: \"start_ns\" is below 0");
  EXPECT_EQ(message(R"({"name":"a","start_ns":3,"end_ns":2})"),
            "line 3 of the spans is no span: it ends before it starts");
}

/// A ring beside a file of spans that does not exist.
class RingBesideTheSpans : public testing::Test {
 protected:
  RingBesideTheSpans() { host::span_ring::set_process_recorder(&recorder_); }
  ~RingBesideTheSpans() override { host::span_ring::set_process_recorder(nullptr); }

  void record(std::string_view name, std::uint64_t start_ns, std::uint64_t end_ns) {
    host::span_ring::record(recorder_.place_of(name), start_ns, end_ns);
  }

  test::ScratchFolder folder_;
  std::string path_ = folder_ / "spans";
  host::span_ring::Recorder recorder_{ring_of_spans(path_).c_str()};
};

TEST_F(RingBesideTheSpans, IsReadLikeTheLinesAndAfterThem) {
  { std::ofstream(path_) << kTwo; }
  record("request", 40, 41);
  record("a \xff b", 1, 1);
  const auto recorded = [](int start, int end) {
    Span one = span(start, end);
    one.origin = std::make_shared<const SpanOrigin>(SpanOrigin{.chunk = 0});
    return one;
  };
  EXPECT_EQ(read_span_log(path_),
            (SpanLog{{"request", {span(10, 30), second(), recorded(40, 41)}}, {"a \uFFFD b", {recorded(1, 1)}}}));
}

TEST_F(RingBesideTheSpans, FailsTheTrialIfItLostSpans) {
  record(std::string(host::span_ring::kNameBytes, 'x'), 1, 2);
  EXPECT_EQ(test::message_of([&] { (void)read_span_log(path_); }),
            "the ring of spans lost 1 of them: it had no room for their names; use fewer names, or shorter ones");
}

TEST_F(RingBesideTheSpans, FailsTheTrialIfASpanCannotBe) {
  record("early", std::uint64_t{1} << 63, std::uint64_t{1} << 63);
  EXPECT_EQ(test::message_of([&] { (void)read_span_log(path_); }),
            "a span called \"early\" in the ring of spans is no span: its time is beyond 2^63 ns");
}

TEST(SpanLog, IsEmptyWhereTheTrialMadeNoFile) {
  EXPECT_EQ(read_span_log("/nowhere/spans"), SpanLog{});
}

TEST(SpanLog, IsReadFromAFileAlone) {
  const test::ScratchFolder folder;
  std::filesystem::create_symlink("/dev/zero", folder / "spans");
  EXPECT_EQ(test::message_of([&] { (void)read_span_log(folder / "spans"); }),
            "the trial made something else than a file of $ASSAY_SPANS");
}

TEST(SpanLog, HasALargestSize) {
  const test::ScratchFolder folder;
  std::ofstream(folder / "spans") << "\n";
  std::filesystem::resize_file(folder / "spans", kLargestSpanLog + 1);
  EXPECT_EQ(test::message_of([&] { (void)read_span_log(folder / "spans"); }),
            "the spans take 134 MB, more than the 134 MB that are read, so all of them are left out: report fewer");
}

constexpr nanoseconds kSecond = std::chrono::seconds(1);

// The trial lasted 2 s, some time between 10 s and 13 s.
std::string why_not_within(nanoseconds start, nanoseconds end) {
  return test::message_of([=] {
    require_within({{"r", {{start, end}}}}, {{10 * kSecond, 13 * kSecond}, 2 * kSecond});
  });
}

TEST(RequireWithin, NamesASpanThatStartsEndsOrLastsBeyondTheTrial) {
  EXPECT_EQ(why_not_within(7 * kSecond, 8 * kSecond),
            "a span called \"r\" starts before the trial did, by 3.00 s: times are those of CLOCK_MONOTONIC");
  EXPECT_EQ(why_not_within(14 * kSecond, 15 * kSecond),
            "a span called \"r\" ends after the trial did, by 2.00 s: times are those of CLOCK_MONOTONIC");
  EXPECT_EQ(why_not_within(10 * kSecond, 13 * kSecond),
            "a span called \"r\" lasts longer than the trial did, by 1.00 s: times are those of CLOCK_MONOTONIC");
}

TEST(RequireWithin, ForgivesAMillisecondAtEitherEnd) {
  const SpanLog log = {{"r", {{10 * kSecond - kSpanLeeway, 11 * kSecond}, {12 * kSecond, 13 * kSecond + kSpanLeeway}}}};
  EXPECT_NO_THROW(require_within(log, {{10 * kSecond, 13 * kSecond}, 2 * kSecond}));
}

TEST(Overlap, IsTheMostThatWereOpenAtOnce) {
  EXPECT_EQ(greatest_overlap({}), 0U);
  EXPECT_EQ(greatest_overlap({span(0, 10)}), 1U);
  EXPECT_EQ(greatest_overlap({span(0, 10), span(2, 4), span(3, 5), span(20, 30)}), 3U);
}

TEST(Overlap, IsNoneWhereOneEndsAsTheNextStarts) {
  EXPECT_EQ(greatest_overlap({span(10, 20), span(0, 10), span(20, 30)}), 1U);
}

TEST(Overlap, OfSpansWithoutLengthIsOne) {
  EXPECT_EQ(greatest_overlap({span(5, 5), span(5, 5)}), 1U);
}

TEST(SpanFigure, SumsTheDurationsInSeconds) {
  const SpanLog log = {{"a", {span(0, 1'000'000'000), span(0, 500'000'000)}}};
  EXPECT_EQ(span_figure(log, {SpanFigure::duration, "a"}), 1.5);
  EXPECT_EQ(span_seconds(log, "a"), (std::vector<double>{1.0, 0.5}));
  EXPECT_EQ(span_figure(log, {SpanFigure::count, "a"}), 2);
  EXPECT_EQ(span_figure(log, {SpanFigure::overlap, "a"}), 2);
}

TEST(SpanFigure, OfANameThatNoSpanHasIsNoneButForADuration) {
  EXPECT_EQ(span_figure({}, {SpanFigure::count, "a"}), 0);
  EXPECT_EQ(span_figure({}, {SpanFigure::overlap, "a"}), 0);
  EXPECT_EQ(test::message_of([] {
              (void)span_figure({}, {SpanFigure::duration, "a"});
            }),
            "the trial reported no span called \"a\"");
}

TEST(SpanLog, TakesWhatTheKernelCountedForASpan) {
  const SpanLog log = parse_span_log(R"({"name":"a","start_ns":1,"end_ns":9,"cpu_ns":5,"io_ns":2,"memory_ns":0})"
                                     "\n"
                                     R"({"name":"b","start_ns":1,"end_ns":9,"cpu_ns":5})"
                                     "\n");
  EXPECT_EQ(log.at("a").front().kernel, (KernelTimes{nanoseconds(5), nanoseconds(2), nanoseconds(0)}));
  EXPECT_EQ(log.at("b").front().kernel, KernelTimes{nanoseconds(5)});
}

TEST(SpanLog, TakesNoFractionOfWhatTheKernelCounted) {
  EXPECT_EQ(test::message_of([] { return parse_span_log(R"({"name":"a","start_ns":1,"end_ns":9,"cpu_ns":0.5})"); }),
            "line 1 of the spans is no span: \"cpu_ns\" is not a whole number of nanoseconds");
}

}  // namespace span_log_tests
}  // namespace assay::trial
