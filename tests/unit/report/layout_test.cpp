#include "experiments/report/layout.hpp"

#include <gtest/gtest.h>

namespace assay::report {
namespace layout_tests {

TEST(DisplayWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(display_width("naïve ±"), 7);
  EXPECT_EQ(display_width("漢字"), 4);
  EXPECT_EQ(display_width("e\u0301"), 1);
}

TEST(DisplayWidth, ColoursTakeNoColumns) {
  EXPECT_EQ(display_width("\x1b[32mkeep\x1b[0m"), 4);
}

TEST(DisplayWidth, AnEscapeThatIsNoColourIsCountedAndDoesNotHang) {
  EXPECT_GT(display_width("\x1b[32"), 0);
  EXPECT_GT(display_width("\x1b["), 0);
}

TEST(Shorten, CutsBetweenCodePoints) {
  EXPECT_EQ(shorten("äöüäöü", 5), "äö...");
  EXPECT_EQ(shorten("short", 5), "short");
  EXPECT_EQ(shorten("anything", 2), "..");
}

TEST(Wrap, BreaksAtBlanksAndSetsLaterLinesIn) {
  EXPECT_EQ(wrap("one two three four", 9, {"", "  "}), "one two\n  three\n  four\n");
}

TEST(Wrap, NeverPartsANumberFromItsUnit) {
  EXPECT_EQ(wrap("a margin of 3 % or", 13), "a margin of\n3 % or\n");
  EXPECT_EQ(wrap("about 12 min p = 0.04", 10), "about\n12 min\np = 0.04\n");
}

TEST(Wrap, LetsAWordStandThatIsWiderThanTheLine) {
  EXPECT_EQ(wrap("a very-long-word b", 6), "a\nvery-long-word\nb\n");
}

TEST(Wrap, KeepsTheIndentOfAnEmptyText) {
  EXPECT_EQ(wrap("", 10, {"x", ""}), "x\n");
}

TEST(Pad, FillsToTheWidthInColumns) {
  EXPECT_EQ(pad_left("±", 3), "  ±");
  EXPECT_EQ(pad_right("漢", 3), "漢 ");
  EXPECT_EQ(pad_right("longer", 3), "longer");
}

}  // namespace layout_tests
}  // namespace assay::report
