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

TEST(PairedCsv, ReadsWhichArmWasFirst) {
  const std::vector<design::ValuePair> pairs =
      read_paired_csv("old,new,first\n1,2,new\n1,2,old\n1,2,1\n1,2,0\n1,2,treatment\n", "p.csv",
                      {.control = "old", .treatment = "new", .order = "first"});
  std::vector<bool> treatment_first;
  for (const design::ValuePair& pair : pairs) treatment_first.push_back(pair.treatment_first);
  EXPECT_EQ(treatment_first, (std::vector<bool>{true, false, true, false, true}));
}

TEST(PairedCsv, NamesLineAndColumnOfAnOrderThatSaysNothing) {
  EXPECT_EQ(message_of("control,treatment,order\n1,2,both\n", {.order = "order"}),
            "p.csv:2: column 3 (order): \"both\" does not say which arm was measured first; expected control or "
            "treatment, or 0 (control first) or 1 (treatment first)");
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

/// The pairs, and what was guessed.
struct Guessed {
  std::vector<design::ValuePair> pairs;
  std::vector<std::string> guesses;
};

Guessed guessed(const std::string& text) {
  Guessed read;
  CsvForm form;
  form.on_guess = [&](const std::string& guess) { read.guesses.push_back(guess); };
  read.pairs = read_paired_csv(text, "p.csv", {}, form);
  return read;
}

TEST(PairedCsv, GuessesSemicolonsAndDecimalCommasAsGermanSpreadsheetsWriteThem) {
  const Guessed read = guessed(
      "\xEF\xBB\xBF"
      "control;treatment\r\n10,05;90,01\r\n1.234,5;9\r\n");
  EXPECT_EQ(read.pairs, (std::vector<design::ValuePair>{{10.05, 90.01}, {1234.5, 9}}));
  EXPECT_EQ(read.guesses,
            (std::vector<std::string>{"p.csv: read with semicolons between the columns",
                                      "p.csv: the numbers of column \"control\" are read as in 1.234,5",
                                      "p.csv: the numbers of column \"treatment\" are read as in 1.234,5"}));
}

TEST(PairedCsv, GuessesTabsAndBars) {
  EXPECT_EQ(guessed("control\ttreatment\n1\t2\n").pairs, (std::vector<design::ValuePair>{{1, 2}}));
  EXPECT_EQ(guessed("control|treatment\n1|2\n").guesses,
            std::vector<std::string>{"p.csv: read with vertical bars between the columns"});
}

TEST(PairedCsv, SaysNothingOfCommasAndPoints) {
  EXPECT_TRUE(guessed("control,treatment\n1.5,2\n").guesses.empty());
}

TEST(PairedCsv, ObeysTheLineInWhichASpreadsheetNamesTheSeparator) {
  EXPECT_EQ(read_paired_csv("sep=;\r\ncontrol;treatment\r\n1;2\r\n", "p.csv", {}),
            (std::vector<design::ValuePair>{{1, 2}}));
}

TEST(PairedCsv, TakesAnySeparatorThatIsNamed) {
  CsvForm form;
  form.separator = ':';
  EXPECT_EQ(read_paired_csv("control:treatment\n1:2\n", "p.csv", {}, form), (std::vector<design::ValuePair>{{1, 2}}));
}

TEST(PairedCsv, ReadsANumberThatIsClearOnlyBesideTheOthersOfItsColumn) {
  EXPECT_EQ(read_paired_csv("control;treatment\n12,345;1\n9,1;2\n", "p.csv", {}),
            (std::vector<design::ValuePair>{{12.345, 1}, {9.1, 2}}));
}

TEST(PairedCsv, AsksWhereNumbersCanBeReadInTwoWays) {
  EXPECT_EQ(message_of("control;treatment\n1,234;1,500\n"),
            "p.csv:2: column 1 (control): \"1,234\" can be read in two ways: say which digits are meant, 1,234.5 or "
            "1.234,5");
}

TEST(PairedCsv, RefusesWholeNumbersThatWouldBeRoundedWhereTheyAreComparedExactly) {
  CsvForm form;
  form.whole_numbers = WholeNumbers::exact;
  EXPECT_EQ(test::message_of([&] {
              (void)read_paired_csv("control,treatment\n9007199254740992,9007199254740993\n", "p.csv", {}, form);
            }),
            "p.csv:2: column 2 (treatment): \"9007199254740993\" is above 2^53, where not every whole number can be "
            "compared exactly: leave leading digits out");
}

TEST(PairedCsv, RefusesAFileWithoutRows) {
  EXPECT_EQ(message_of(""), "p.csv is empty: its first line must name the columns");
  EXPECT_EQ(message_of("control,treatment\n"), "p.csv has no rows below its first line");
}

}  // namespace paired_csv_tests
}  // namespace assay::interop
