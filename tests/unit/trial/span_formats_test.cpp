#include "experiments/trial/metrics/span_formats.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"
#include "tests/unit/trial/spans.hpp"

namespace assay::trial {
namespace span_formats_tests {

using test::span;

Span span_from(std::int64_t start, std::int64_t end, const SpanOrigin& origin) {
  Span one = span(start, end);
  one.origin = std::make_shared<const SpanOrigin>(origin);
  return one;
}

/// What was read, and why the rest was not.
struct Parsed {
  SpanLog log;
  std::vector<std::string> objections;
};

Parsed parsed(const std::string& text, const std::string& pointer = "") {
  Parsed result;
  result.log =
      parse_any_spans(text, pointer, [&](const Error& error) { result.objections.emplace_back(error.what()); });
  return result;
}

TEST(SpanFormats, TakeTheLinesOfATrial) {
  EXPECT_EQ(parsed("{\"name\":\"pull\",\"start_ns\":5,\"end_ns\":7}\n").log, (SpanLog{{"pull", {span(5, 7)}}}));
}

TEST(SpanFormats, TakeChromeTraceEventsInMicroseconds) {
  const Parsed trace = parsed(R"({"traceEvents":[
    {"ph":"M","name":"process_name"},
    {"ph":"X","name":"pull","ts":10,"dur":2.5},
    {"ph":"B","name":"build","ts":13,"pid":1,"tid":1},
    {"ph":"B","name":"link","ts":14,"pid":1,"tid":1},
    {"ph":"E","ts":15,"pid":1,"tid":1},
    {"ph":"E","ts":17,"pid":1,"tid":1}]})");
  const SpanOrigin of_one_thread{1, 1, {}, {}};
  EXPECT_EQ(trace.log, (SpanLog{{"build", {span_from(3000, 7000, of_one_thread)}},
                                {"link", {span_from(4000, 5000, of_one_thread)}},
                                {"pull", {span(0, 2500)}}}));
  EXPECT_TRUE(trace.objections.empty());
}

TEST(SpanFormats, TellThreadsOfATraceThatHaveNamesApart) {
  const SpanLog log = parsed(R"([{"ph":"X","name":"a","ts":0,"dur":1,"pid":"app","tid":"main"},
    {"ph":"X","name":"b","ts":0,"dur":1,"pid":"app","tid":"io"}])")
                          .log;
  const SpanOrigin& main = *log.at("a").front().origin;
  const SpanOrigin& io = *log.at("b").front().origin;
  EXPECT_EQ(nesting(&io, &main, "a"), Nesting::parallel);
  EXPECT_EQ(nesting(&io, &io, "b"), Nesting::nested);
}

TEST(SpanFormats, TakeTheParentsOfOpenTelemetry) {
  const SpanLog log = parsed(R"({"resourceSpans":[{"scopeSpans":[{"spans":[
    {"traceId":"t","spanId":"1","name":"deploy","startTimeUnixNano":1,"endTimeUnixNano":9},
    {"traceId":"t","spanId":"2","parentSpanId":"1","name":"pull","startTimeUnixNano":2,"endTimeUnixNano":5},
    {"traceId":"u","spanId":"1","parentSpanId":"8","name":"far","startTimeUnixNano":2,"endTimeUnixNano":5}]}]}]})")
                          .log;
  EXPECT_EQ(log.at("deploy").front().origin->parent, "");
  EXPECT_EQ(log.at("pull").front().origin->parent, "deploy");
  EXPECT_EQ(log.at("far").front().origin, nullptr);
}

TEST(SpanFormats, TakeAnArrayOfEventsThatWasCutOff) {
  const Parsed trace = parsed("[{\"ph\":\"X\",\"name\":\"a\",\"ts\":0,\"dur\":1},\n{\"ph\":\"X\",\"na");
  EXPECT_EQ(trace.log, (SpanLog{{"a", {span(0, 1000)}}}));
}

TEST(SpanFormats, NameASpanThatNeverEnded) {
  const Parsed trace = parsed(R"([{"ph":"B","name":"pull","ts":1}])");
  EXPECT_TRUE(trace.log.empty());
  EXPECT_EQ(trace.objections, (std::vector<std::string>{"a span called \"pull\" began and never ended"}));
}

TEST(SpanFormats, TakeOpenTelemetry) {
  const Parsed trace = parsed(R"({"resourceSpans":[{"scopeSpans":[{"spans":[
    {"name":"pull","startTimeUnixNano":"1772373959000000000","endTimeUnixNano":"1772373959000000400"},
    {"name":"start","startTimeUnixNano":1772373959000000400,"endTimeUnixNano":1772373959000000900},
    {"name":"lost","startTimeUnixNano":"1772373959000000900"}]}]}]})");
  EXPECT_EQ(trace.log, (SpanLog{{"pull", {span(0, 400)}}, {"start", {span(400, 900)}}}));
  EXPECT_EQ(trace.objections,
            (std::vector<std::string>{"element 3 of the spans is no span: \"lost\" began and never ended"}));
}

TEST(SpanFormats, LaySecondsEndToEnd) {
  EXPECT_EQ(parsed(R"({"phases":{"build":0.5,"pull":1}})").log,
            (SpanLog{{"build", {span(0, 500'000'000)}}, {"pull", {span(500'000'000, 1'500'000'000)}}}));
}

TEST(SpanFormats, ReadOnlyThePlaceThatIsAskedFor) {
  const std::string results = R"({"ok":true,"timing":{"list":[{"name":"pull","start_ns":5,"end_ns":7}]}})";
  EXPECT_EQ(parsed(results, "/timing/list").log, (SpanLog{{"pull", {span(0, 2)}}}));
  EXPECT_EQ(test::message_of([&] { (void)parsed(results, "/none"); }),
            "it has no place \"/none\": expected a JSON pointer such as /spans");
}

TEST(SpanFormats, RefuseWhatHasNoSpans) {
  EXPECT_EQ(test::message_of([] { (void)parsed("hello"); }),
            "it has no spans: expected JSON lines, Chrome trace events, OpenTelemetry JSON, or phases");
  EXPECT_EQ(parsed(R"([{"name":"a","start_ns":3,"end_ns":2}])").objections,
            (std::vector<std::string>{"element 1 of the spans is no span: it ends before it starts"}));
}

TEST(SpanFormats, LastFromTheFirstStartToTheLastEnd) {
  EXPECT_EQ(time_of({{"a", {span(2, 9)}}, {"b", {span(4, 11)}}}).wall, nanoseconds(9));
  EXPECT_EQ(time_of({}).wall, nanoseconds(0));
}

TEST(SpanFormats, TakeTheThreadTimeOfATraceEventForItsCpuTime) {
  const SpanLog log = parsed(R"({"traceEvents": [{"ph": "X", "name": "pull", "ts": 5, "dur": 2, "tdur": 1.5}]})").log;
  EXPECT_EQ(log.at("pull").front().kernel, KernelTimes{nanoseconds(1500)});
}

TEST(SpanFormats, TakeWhatTheKernelCountedFromAList) {
  const SpanLog log = parsed(R"([{"name": "pull", "start_ns": 5, "end_ns": 7, "cpu_ns": 1, "io_ns": 1}])").log;
  EXPECT_EQ(log.at("pull"), (std::vector<Span>{{.start = nanoseconds(0),
                                                .end = nanoseconds(2),
                                                .kernel = KernelTimes{nanoseconds(1), nanoseconds(1)}}}));
}

}  // namespace span_formats_tests
}  // namespace assay::trial
