#include "experiments/screen/refusal_text.hpp"

#include <string>

#include <gtest/gtest.h>

namespace assay::screen {
namespace refusal_text_tests {

QuotedRecord quoted() {
  return {.number = 2,
          .name = "0002-poll",
          .sha256 = "",
          .created_ns = 1'772'373'900'000'000'000,
          .verdict = Verdict::regressed,
          .decision = Decision::discard,
          .reason = DecisionReason::worse};
}

constexpr const char* kQuoted =
    "record 0002-poll of 2026-03-01 14:05 UTC says regressed -> discard (worse); see assay show 2";
constexpr const char* kReopen = "; once \"gcc 12\" has changed: assay reopen FILE --assumption TEXT --why TEXT";
constexpr const char* kNoWayBack =
    "; it states no assumptions, so that none can have changed: another question is the way on";

std::string text_of(RefusalReason reason) {
  return error_of({"poll", std::move(reason)}).what();
}

TEST(RefusalText, QuotesTheRecordThatDecided) {
  EXPECT_EQ(text_of(AlreadyDecided{quoted()}), std::string("poll is decided: ") + kQuoted);
}

TEST(RefusalText, SaysHowADeadEndIsReopened) {
  EXPECT_EQ(text_of(DeadEnd{quoted(), {"gcc 12"}}), std::string("poll is decided, a dead end: ") + kQuoted + kReopen);
  EXPECT_EQ(text_of(DeadEnd{quoted()}), std::string("poll is decided, a dead end: ") + kQuoted + kNoWayBack);
  EXPECT_EQ(text_of(AttemptsSpent{.allowed = 3, .last = quoted(), .assumptions = {"gcc 12"}}),
            std::string("poll is a dead end: its 3 attempts are spent, the last ") + kQuoted + kReopen);
  EXPECT_EQ(text_of(AttemptsSpent{.allowed = 3, .last = {}}),
            std::string("poll is a dead end: its 3 attempts are spent, their records are gone") + kNoWayBack);
}

TEST(RefusalText, SaysWhatMayNotGrow) {
  EXPECT_EQ(text_of(AttemptsChanged{.asked = 10, .began_with = 3, .first = quoted()}),
            "poll asks for attempts = 10, but began with 3 (record 0002-poll): they share one alpha, so restore it");
  EXPECT_EQ(text_of(AlphaRaised{.asked = 0.1, .began_with = 0.05, .first = quoted()}),
            "poll asks for alpha = 0.1, but began with 0.05 (record 0002-poll): all attempts share it, so restore it");
}

TEST(RefusalText, SaysHowATargetIsRelaxed) {
  Target target;
  target.workload = "wait";
  target.state = "warm";
  target.metric = "wall";
  target.limit = 1;
  target.unit = "s";
  const std::string text =
      text_of(TargetLoosened{.target = target, .in_force = 1, .asked = {}, .stated_in = "0001-poll"});
  EXPECT_EQ(text, "target wait/warm/wall/median was " + limit_text(target, 1) +
                      " (record 0001-poll) and is gone now: restore it, or record who relaxes it and why with: assay "
                      "relax FILE wait/warm/wall/median --to VALUE --until DATE --why TEXT");
}

TEST(RefusalText, SaysHowAnOpenAttemptIsClosed) {
  EXPECT_EQ(error_of({"my file.toml", ChangedSinceBegun{2}}).what(),
            std::string("my file.toml changed since its attempt 2 was begun: restore it to go on, or end the attempt "
                        "with: assay close 'my file.toml'"));
}

TEST(RefusalText, SaysWhatDiffersOnAnotherKindOfMachine) {
  const OtherMachine reason{.attempt = 2, .differences = {"processor: X then, Y now", "image: i then, j now"}};
  EXPECT_EQ(error_of({"a.toml", reason}).what(),
            std::string("a.toml: attempt 2 was begun on another kind of machine (processor: X then, Y now; image: i "
                        "then, j now): go on there, or on one like it, or end the attempt with: assay close a.toml"));
  EXPECT_EQ(error_of({"a.toml", reason}).kind(), ErrorKind::refused);
}

TEST(RefusalText, OnlyRulesOfTheProtocolGiveTheExitCodeOfARefusal) {
  EXPECT_EQ(error_of({"poll", DeadEnd{quoted()}}).kind(), ErrorKind::refused);
  EXPECT_EQ(error_of({"poll", HostBusy{"pid 1", "/run/lock/x"}}).kind(), ErrorKind::refused);
  EXPECT_EQ(error_of({"poll", ChangedSinceBegun{1}}).kind(), ErrorKind::mistake);
  EXPECT_EQ(error_of({"poll", NoOpenAttempt{}}).kind(), ErrorKind::mistake);
  EXPECT_EQ(error_of({"poll", NoLab{"/srv"}}).kind(), ErrorKind::mistake);
}

}  // namespace refusal_text_tests
}  // namespace assay::screen
