#include "experiments/interop/paired_csv.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::interop {
namespace paired_csv_tests {

std::string message_of(const std::string& text, const ArmColumns& columns = {}) {
  return test::message_of([&] { (void)read_paired_csv(text, "p.csv", columns); });
}

TEST(PairedCsv, TakesOneBlockARow) {
  EXPECT_EQ(read_paired_csv("control,treatment\n1,2\n3.5,-4e-3\n", "p.csv", {}),
            (std::vector<design::ValuePair>{{1, 2}, {3.5, -0.004}}));
}

TEST(PairedCsv, FindsColumnsByNameInAnyOrder) {
  EXPECT_EQ(read_paired_csv("id,new,old\n7,2,1\n", "p.csv", {.control = "old", .treatment = "new"}),
            (std::vector<design::ValuePair>{{1, 2}}));
}

TEST(PairedCsv, ReadsQuotesCarriageReturnsAndAByteOrderMark) {
  EXPECT_EQ(read_paired_csv("\xEF\xBB\xBF\"control\", treatment ,\"a \"\"b\"\", c\"\r\n\"1\", +2 ,\"two\nlines\"\r\n",
                            "p.csv", {}),
            (std::vector<design::ValuePair>{{1, 2}}));
}

TEST(PairedCsv, PassesOverEmptyLinesAndNeedsNoLastLineEnd) {
  EXPECT_EQ(read_paired_csv("\ncontrol,treatment\n\n1,2\n\n3,4", "p.csv", {}).size(), 2U);
}

TEST(PairedCsv, NamesLineAndColumnOfWhatIsNoNumber) {
  EXPECT_EQ(message_of("control,treatment\n1,2\n\n3,fast\n"),
            "p.csv:4: column 2 (treatment): \"fast\" is not a finite number");
  EXPECT_EQ(message_of("control,treatment\n,2\n"), "p.csv:2: column 1 (control): \"\" is not a finite number");
  EXPECT_EQ(message_of("control,treatment\n1,nan\n"), "p.csv:2: column 2 (treatment): \"nan\" is not a finite number");
  EXPECT_EQ(message_of("control,treatment\n1,1e999\n"),
            "p.csv:2: column 2 (treatment): \"1e999\" is not a finite number");
  EXPECT_EQ(message_of("control,treatment\n1s,2\n"), "p.csv:2: column 1 (control): \"1s\" is not a finite number");
}

TEST(PairedCsv, NamesTheColumnsWhereOneIsMissing) {
  EXPECT_EQ(message_of("contrl,treatment\n1,2\n"),
            "p.csv:1: there is no column \"control\"; did you mean \"contrl\"?; the columns are contrl, treatment");
}

TEST(PairedCsv, RefusesAColumnThatIsThereTwice) {
  EXPECT_EQ(message_of("control,treatment,control\n1,2,3\n"), "p.csv:1: two columns are called \"control\"");
}

TEST(PairedCsv, RefusesOneColumnForBothArms) {
  EXPECT_EQ(message_of("a,b\n1,2\n", {.control = "a", .treatment = "a"}), "control and treatment name the same column");
}

TEST(PairedCsv, RefusesARowOfAnotherLength) {
  EXPECT_EQ(message_of("control,treatment\n1,2\n3\n"), "p.csv:3: 1 fields where the first line has 2");
  EXPECT_EQ(message_of("control,treatment\n1,2,\n"), "p.csv:2: 3 fields where the first line has 2");
}

TEST(PairedCsv, CountsLinesInsideQuotes) {
  EXPECT_EQ(message_of("control,treatment,note\n1,2,\"two\nlines\"\n3,x,\n"),
            "p.csv:4: column 2 (treatment): \"x\" is not a finite number");
}

TEST(PairedCsv, RefusesAnOpenQuote) {
  EXPECT_EQ(message_of("control,treatment\n1,\"2\n"),
            "p.csv:2: a quoted field does not end with a quote before a comma or the line's end");
}

TEST(PairedCsv, RefusesAFileWithoutRows) {
  EXPECT_EQ(message_of(""), "p.csv is empty: its first line must name the columns");
  EXPECT_EQ(message_of("control,treatment\n"), "p.csv has no rows below its first line");
}

}  // namespace paired_csv_tests
}  // namespace assay::interop
