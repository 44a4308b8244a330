#include "core/record/trial_notes.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace trial_notes_tests {

using Texts = std::vector<std::string>;

Trial read(Texts words) {
  Trial trial;
  read_notes(std::move(words), trial);
  return trial;
}

const Texts kAllKinds = {"warm-ups repeated before it: 2", "still running at its end: pid 7 sleep 9",
                         "still running at its end: pid 8 ", "left in TMPDIR: scrap"};

TEST(TrialNotes, AreTheSameWordsAgainWhenTheyWereRead) {
  EXPECT_EQ(notes_in_words(read(kAllKinds)), kAllKinds);
}

TEST(TrialNotes, NameEachProcessThatWasLeftRunning) {
  EXPECT_EQ(read(kAllKinds).left_running, (std::vector<LeftRunning>{{7, "sleep 9"}, {8, ""}}));
}

TEST(TrialNotes, CountTheWarmUpsThatWereRepeated) {
  EXPECT_EQ(read(kAllKinds).warm_ups_repeated, 2);
}

TEST(TrialNotes, OfOtherThingsStayWords) {
  EXPECT_EQ(read(kAllKinds).notes, (Texts{"left in TMPDIR: scrap"}));
}

TEST(TrialNotes, OfOldRecordsAreNotCountedAsProcesses) {
  const Trial trial = read({"left running: pid 7 sleep 9"});
  EXPECT_TRUE(trial.left_running.empty());
  EXPECT_EQ(trial.notes, (Texts{"left running: pid 7 sleep 9"}));
}

TEST(TrialNotes, ThatWouldBeWrittenInAnotherWayStayWords) {
  const Texts odd = {"still running at its end: pid 007 bond"};
  EXPECT_TRUE(read(odd).left_running.empty());
  EXPECT_EQ(notes_in_words(read(odd)), odd);
}

TEST(TrialNotes, AreNoProcessesBecauseACommandLineSaysSo) {
  const Trial trial = read({"prepare failed too: exited 1: still running at its end: pid 7 sleep 9"});
  EXPECT_TRUE(trial.left_running.empty());
}

}  // namespace trial_notes_tests
}  // namespace assay
