#include "core/host/span/span_ring.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "core/host/span/span.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace span_ring_tests {

using span_ring::Recorder;

/// The spans of this process go into a ring of the test's.
class TheSpanRing : public testing::Test {
 protected:
  TheSpanRing() { span_ring::set_process_recorder(&recorder_); }
  ~TheSpanRing() override { span_ring::set_process_recorder(nullptr); }

  test::ScratchFolder folder_;
  std::string path_ = folder_ / "spans.ring";
  Recorder recorder_{path_.c_str()};

  [[nodiscard]] SpanRing read() const { return read_span_ring(path_); }

  /// \param name  of any bytes
  void record(std::string_view name, std::uint64_t start_ns, std::uint64_t end_ns) {
    span_ring::record(recorder_.place_of(name), start_ns, end_ns);
  }
};

TEST_F(TheSpanRing, HoldsWhatWasRecordedInItsOrder) {
  record("load", 10, 30);
  record("parse", 30, 35);
  record("load", 40, 41);
  EXPECT_EQ(read().spans, (std::vector<RecordedSpan>{{"load", 10, 30}, {"parse", 30, 35}, {"load", 40, 41}}));
}

TEST_F(TheSpanRing, KeepsTimesThatLieFarApartOrAroundEachOther) {
  const std::uint64_t latest = ~std::uint64_t{0} >> 1;
  record("outer", 0, latest);
  record("inner", 1, 1);
  record("last", latest, latest);
  record("outer", 5, latest - 1);
  EXPECT_EQ(read().spans,
            (std::vector<RecordedSpan>{
                {"outer", 0, latest}, {"inner", 1, 1}, {"last", latest, latest}, {"outer", 5, latest - 1}}));
}

TEST_F(TheSpanRing, HoldsWhatASpanMeasured) {
  const std::uint64_t before = span_ring::monotonic_ns();
  {
    assay::Span outer("outer");
    const assay::Span inner("inner");
    outer.end();
    outer.end();
  }
  const SpanRing ring = read();
  ASSERT_EQ(ring.spans.size(), 2U);
  EXPECT_EQ(ring.spans[0].name, "outer");
  EXPECT_EQ(ring.spans[1].name, "inner");
  EXPECT_LE(before, ring.spans[0].start_ns);
  EXPECT_LE(ring.spans[0].start_ns, ring.spans[1].start_ns);
  EXPECT_LE(ring.spans[0].end_ns, ring.spans[1].end_ns);
  EXPECT_LE(ring.spans[1].end_ns, span_ring::monotonic_ns());
}

TEST_F(TheSpanRing, IsEmptyIfThereIsNoFile) {
  std::filesystem::remove(path_);
  EXPECT_EQ(read(), SpanRing{});
}

TEST_F(TheSpanRing, IsEmptyIfTheFileIsAsAKillLeftItBeforeItsFirstByte) {
  { std::ofstream file(path_, std::ios::trunc); }
  EXPECT_EQ(read(), SpanRing{});
}

TEST_F(TheSpanRing, TakesNamesOfAnyBytes) {
  const std::vector<std::string> names = {
      "",         "\"quoted\" \\", "two\nlines",          std::string("a\0b", 3), "\xff\xfe", "é", std::string(1, '\0'),
      "eight888", "nine99999",     std::string(5000, 'x')};
  for (const std::string& name : names) record(name, 1, 2);
  const SpanRing ring = read();
  ASSERT_EQ(ring.spans.size(), names.size());
  for (std::size_t span = 0; span < names.size(); ++span) EXPECT_EQ(ring.spans[span].name, names[span]);
}

TEST_F(TheSpanRing, KeepsANameOnceForAllProcesses) {
  Recorder other(path_.c_str());
  EXPECT_EQ(other.place_of("load"), recorder_.place_of(std::string("lo") + "ad"));
  EXPECT_NE(other.place_of("load"), recorder_.place_of("loaf"));
}

TEST_F(TheSpanRing, TakesTheSpansOfAForkedProcessAndOfItsParent) {
  record("parent", 1, 2);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    span_ring::begin_forked_process();  // what the process's own recorder asks for by pthread_atfork
    for (std::uint64_t span = 0; span < 1000; ++span) record("child", span, span + 1);
    ::_exit(0);
  }
  for (std::uint64_t span = 0; span < 1000; ++span) record("parent", span, span + 1);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const SpanRing ring = read();
  const auto is_childs = [](const RecordedSpan& span) { return span.name == "child"; };
  EXPECT_EQ(ring.spans.size(), 2001U);
  EXPECT_EQ(std::count_if(ring.spans.begin(), ring.spans.end(), is_childs), 1000);
}

TEST_F(TheSpanRing, KeepsWhatEndedBeforeItsProcessWasKilled) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    for (std::uint64_t span = 0; span < 100; ++span) record("done", span, span + 1);
    ::raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  const SpanRing ring = read();
  ASSERT_EQ(ring.spans.size(), 100U);
  EXPECT_EQ(ring.spans.back(), (RecordedSpan{"done", 99, 100}));
}

TEST_F(TheSpanRing, LeavesOutASpanThatAKillCutOff) {
  record("whole", 1, 2);
  record("cut", 3, 4);
  // The bytes in use are written last: 2 for the name and 1 for each number.
  span_ring::thread_chunk.chunk->used -= 4;
  EXPECT_EQ(read().spans, (std::vector<RecordedSpan>{{"whole", 1, 2}}));
}

TEST_F(TheSpanRing, TakesTheSpansOfManyThreadsWhole) {
  constexpr std::uint64_t kThreads = 8;
  constexpr std::uint64_t kEach = 20'000;
  std::vector<std::thread> threads;
  for (std::uint64_t thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      for (std::uint64_t span = 0; span < kEach; ++span) {
        record("thread " + std::to_string(span % 50), thread, thread * kEach + span);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const SpanRing ring = read();
  std::set<std::uint64_t> ends;
  for (const RecordedSpan& span : ring.spans) {
    EXPECT_EQ(span.start_ns, span.end_ns / kEach);
    EXPECT_EQ(span.name, "thread " + std::to_string(span.end_ns % kEach % 50));
    ends.insert(span.end_ns);
  }
  EXPECT_EQ(ends.size(), kThreads * kEach);
  EXPECT_EQ(ring.spans.size(), kThreads * kEach);
}

TEST_F(TheSpanRing, TellsTheSpansOfOneThreadByTheirChunk) {
  record("mine", 1, 2);
  std::thread([this] { record("another's", 1, 2); }).join();
  record("mine", 3, 4);
  EXPECT_EQ(read().spans, (std::vector<RecordedSpan>{{"mine", 1, 2, 0}, {"mine", 3, 4, 0}, {"another's", 1, 2, 1}}));
}

TEST_F(TheSpanRing, GivesTheChunkOfAThreadThatEndedToTheNext) {
  for (std::uint64_t thread = 0; thread < 3 * span_ring::kChunks; ++thread) {
    std::thread([this] { record("short", 1, 2); }).join();
  }
  const SpanRing ring = read();
  EXPECT_EQ(ring.spans.size(), 3 * span_ring::kChunks);
  EXPECT_EQ(ring.beyond_capacity, 0U);
}

TEST_F(TheSpanRing, CountsWhatItHasNoMoreRoomFor) {
  const std::uint32_t name = recorder_.place_of("item");
  const std::uint64_t far = std::uint64_t{1} << 62;  // 20 bytes for both numbers
  const std::uint64_t recorded = 1'500'000;
  for (std::uint64_t span = 0; span < recorded; ++span) span_ring::record(name, 0, far);
  const SpanRing ring = read();
  EXPECT_GT(ring.spans.size(), 800'000U);
  EXPECT_GT(ring.beyond_capacity, 0U);
  EXPECT_EQ(ring.spans.size() + ring.beyond_capacity, recorded);
}

TEST_F(TheSpanRing, CountsSpansThatItHasNoMoreNamesFor) {
  constexpr std::uint64_t kNames = span_ring::kNameBytes / span_ring::kNameStep;
  for (std::uint64_t name = 0; name < kNames + 3; ++name) record(std::to_string(name), 1, 2);
  record("0", 1, 2);  // a known name goes on working
  record(std::string(span_ring::kNameBytes + 1, 'x'), 1, 2);
  const SpanRing ring = read();
  EXPECT_EQ(ring.nameless, 4U);
  EXPECT_EQ(ring.spans.size(), kNames + 1);
}

TEST_F(TheSpanRing, CountsSpansThatTheFileSystemGivesNoSpaceFor) {
  record("item", 1, 2);
  std::filesystem::rename(path_, folder_ / "away");  // whoever asks for space finds nothing
  const std::uint64_t recorded = 1 + span_ring::kBackedTogether * span_ring::kChunkBytes;
  for (std::uint64_t span = 1; span < recorded; ++span) record("item", 1, 2);
  std::filesystem::rename(folder_ / "away", path_);
  const SpanRing ring = read();
  EXPECT_GT(ring.spans.size(), span_ring::kBackedTogether * 100);
  EXPECT_GT(ring.unbacked, 0U);
  EXPECT_EQ(ring.spans.size() + ring.unbacked, recorded);
}

TEST_F(TheSpanRing, IsNotTakenFromAFileOfSomethingElse) {
  std::filesystem::remove(path_);
  { std::ofstream(path_) << "not a ring"; }
  EXPECT_NE(test::message_of([&] { (void)read(); }).find("not a ring of spans of this version"), std::string::npos);
  testing::internal::CaptureStderr();
  const Recorder recorder(path_.c_str());
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "assay: no spans are recorded in " + path_ + ": it is not a ring of this version\n");
  EXPECT_FALSE(recorder.records());
  EXPECT_EQ(read_file(path_), "not a ring");
}

TEST_F(TheSpanRing, IsNotTakenFromAFolder) {
  std::filesystem::remove(path_);
  std::filesystem::create_directory(path_);
  EXPECT_EQ(test::message_of([&] { (void)read(); }), "the trial made something else than a file of $ASSAY_SPANS.ring");
}

TEST_F(TheSpanRing, IsDamagedIfANameLiesOutsideOfIt) {
  span_ring::record(static_cast<std::uint32_t>(span_ring::kNameBytes / span_ring::kNameStep + 1), 1, 2);
  EXPECT_EQ(test::message_of([&] { (void)read(); }), "the ring of spans is damaged: a span's name lies outside of it");
}

TEST_F(TheSpanRing, IsDamagedIfASpanIsCutOffWithoutAKill) {
  record("item", 1, 2);
  span_ring::thread_chunk.chunk->used -= 1;
  EXPECT_EQ(test::message_of([&] { (void)read(); }), "the ring of spans is damaged: a span is cut off");
  span_ring::thread_chunk.chunk->used = 5000;
  EXPECT_EQ(test::message_of([&] { (void)read(); }), "the ring of spans is damaged: a chunk holds more than its size");
}

TEST(ASpan, DoesNothingOutsideATrial) {
  ASSERT_EQ(::getenv("ASSAY_SPANS"), nullptr) << "run the tests without it";
  assay::Span span("load");
  span.end();
  EXPECT_FALSE(span_ring::recorder().records());
}

}  // namespace span_ring_tests
}  // namespace assay::host
