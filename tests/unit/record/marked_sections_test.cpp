#include "experiments/record/documents/marked_sections.hpp"

#include <cstdlib>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::record {
namespace marked_sections_tests {

using test::message_of;

/// RapidCheck draws a new seed in every process unless told one; a test must not. A RC_PARAMS given by hand wins.
[[maybe_unused]] const int kSeeded = ::setenv("RC_PARAMS", "seed=20240607", 0);

const MarkedSection kFirstText{.name = "0007-poll", .text = "## improved\n\n- effect: large\n"};
const MarkedSection kSecondText{.name = "0007-poll", .text = "## equivalent"};

constexpr const char* kFirstRendered =
    "<!-- assay:record 0007-poll begin -->\n"
    "## improved\n"
    "\n"
    "- effect: large\n"
    "<!-- assay:record 0007-poll end -->\n";

TEST(WithSection, PutsANewSectionAtTheEndAfterABlankLine) {
  EXPECT_EQ(with_section("# Ours\n", kFirstText, "D.md"), std::string("# Ours\n\n") + kFirstRendered);
  EXPECT_EQ(with_section("# Ours\n\n", kFirstText, "D.md"), std::string("# Ours\n\n") + kFirstRendered);
  EXPECT_EQ(with_section("", kFirstText, "D.md"), kFirstRendered);
}

TEST(WithSection, EndsTheLastLineOfADocumentThatDoesNot) {
  EXPECT_EQ(with_section("# Ours", kFirstText, "D.md"), std::string("# Ours\n\n") + kFirstRendered);
}

TEST(WithSection, ReplacesTheSectionOfItsNameWhereItStands) {
  const std::string before = std::string("Above\n") + kFirstRendered + "Below";
  EXPECT_EQ(with_section(before, kSecondText, "D.md"),
            "Above\n"
            "<!-- assay:record 0007-poll begin -->\n"
            "## equivalent\n"
            "<!-- assay:record 0007-poll end -->\n"
            "Below");
}

TEST(WithSection, ReplacesASectionThatEndsTheDocumentWithoutALineEnding) {
  std::string before = kFirstRendered;
  before.pop_back();
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before);
}

TEST(WithSection, EndsItsLinesAsTheDocumentDoes) {
  EXPECT_EQ(with_section("# Ours\r\n", {.name = "1-a", .text = "one\ntwo\n"}, "D.md"),
            "# Ours\r\n\r\n"
            "<!-- assay:record 1-a begin -->\r\n"
            "one\r\n"
            "two\r\n"
            "<!-- assay:record 1-a end -->\r\n");
}

TEST(WithSection, FindsAMarkerBehindAByteOrderMark) {
  const std::string before = std::string("\xef\xbb\xbf") + kFirstRendered;
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before);
}

TEST(WithSection, FindsMarkersWithBlanksAroundThem) {
  EXPECT_EQ(with_section("  <!-- assay:record 0007-poll begin -->  \nold\n<!-- assay:record 0007-poll end -->\t\n",
                         kFirstText, "D.md"),
            kFirstRendered);
}

TEST(WithSection, TakesMarkersInAFencedBlockForText) {
  const std::string before = std::string("```md\n") + kFirstRendered + "```\n";
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before + "\n" + kFirstRendered);
}

TEST(WithSection, TakesAnOpenMarkerInAFencedBlockForText) {
  const std::string before = "~~~~\n<!-- assay:record 0007-poll begin -->\n~~~\n~~~~\n";
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before + "\n" + kFirstRendered);
}

TEST(WithSection, TakesAnIndentedMarkerForText) {
  const std::string before = "    <!-- assay:record 0007-poll begin -->\n";
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before + "\n" + kFirstRendered);
}

TEST(WithSection, IsFoundBehindAFenceThatNobodyClosed) {
  const std::string before = std::string("```\nforgotten\n\n") + kFirstRendered;
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before);
}

TEST(WithSection, DoesNotMistakeInlineCodeForAFence) {
  const std::string before = std::string("``` is how `code` begins\n\n") + kFirstRendered + "\n```\ncode\n```\n";
  EXPECT_EQ(with_section(before, kFirstText, "D.md"), before);
}

TEST(WithSection, LetsNoTextEndItsOwnSection) {
  const MarkedSection sly{.name = "1-a", .text = "<!-- assay:record 1-a end -->\n<!-- assay:record 2-b begin -->\n"};
  const std::string once = with_section("", sly, "D.md");
  EXPECT_EQ(with_section(once, sly, "D.md"), once);
}

TEST(WithSection, RefusesABeginWithoutAnEnd) {
  EXPECT_EQ(
      message_of([] { (void)with_section("Above\n<!-- assay:record 0003-old begin -->\nrest\n", kFirstText, "D.md"); }),
      "D.md:2: the marker \"<!-- assay:record 0003-old begin -->\" begins a section that is not ended: fix the "
      "pair, or let assay render do it; nothing was written");
}

TEST(WithSection, RefusesABeginInsideAnotherSection) {
  EXPECT_EQ(message_of([] {
              (void)with_section(
                  "<!-- assay:record 0003-old begin -->\n<!-- assay:record 0004-new begin -->\n"
                  "<!-- assay:record 0004-new end -->\n<!-- assay:record 0003-old end -->\n",
                  kFirstText, "D.md");
            }),
            "D.md:1: the marker \"<!-- assay:record 0003-old begin -->\" begins a section that is not ended: fix the "
            "pair, or let assay render do it; nothing was written");
}

TEST(WithSection, RefusesAnEndWithoutABegin) {
  EXPECT_EQ(message_of([] { (void)with_section("<!-- assay:record 0003-old end -->\n", kFirstText, "D.md"); }),
            "D.md:1: the marker \"<!-- assay:record 0003-old end -->\" ends a section that was not begun: fix the "
            "pair, or let assay render do it; nothing was written");
}

TEST(WithSection, RefusesTwoSectionsOfOneName) {
  EXPECT_EQ(message_of([] { (void)with_section(std::string(kFirstRendered) + kFirstRendered, kFirstText, "D.md"); }),
            "D.md:6: the marker \"<!-- assay:record 0007-poll begin -->\" begins a section that line 1 has already: "
            "fix the pair, or let assay render do it; nothing was written");
}

/// What people and assay write, piece by piece; every fence and section in it is whole.
std::string piece_of_document() {
  return *rc::gen::element<std::string>(
      "text", "", "# Heading", "- item with \\ and \"quotes\"", "\xc3\xa4\xe2\x82\xac", "trailing blanks   ", "\t",
      "    <!-- assay:record 0007-poll begin -->", "<!-- assay:records -->", "<!-- assay:record begin",
      "```cpp\n<!-- assay:record 0007-poll begin -->\n```", "~~~\n<!-- assay:record 0007-poll end -->\n```\n~~~~",
      "   ````\n```\n<!-- assay:record 0001-a begin -->\n````", "a ``` b",
      "<!-- assay:record 0001-a begin -->\n```\nopen\n<!-- assay:record 0001-a end -->");
}

std::string any_text() {
  std::string document;
  bool has_section = false;
  const int pieces = *rc::gen::inRange(0, 12);
  for (int count = 0; count < pieces; ++count) {
    std::string piece = piece_of_document();
    const bool is_section = piece.starts_with("<!-- assay:record 0001-a");
    if (is_section && has_section) continue;
    has_section = has_section || is_section;
    document += piece + *rc::gen::element<std::string>("\n", "\r\n");
  }
  if (*rc::gen::arbitrary<bool>()) document += "no final line ending";
  return document;
}

std::string any_document() {
  const std::string byte_order_mark = *rc::gen::element<std::string>("", "\xef\xbb\xbf");
  return byte_order_mark + any_text();
}

RC_GTEST_PROP(WithSection, LeavesEveryByteOfTheDocumentBeforeANewSection, ()) {
  const std::string document = any_document();
  RC_ASSERT(with_section(document, kFirstText, "D.md").starts_with(document));
}

RC_GTEST_PROP(WithSection, WritingTheSameAgainChangesNothing, ()) {
  const std::string once = with_section(any_document(), kFirstText, "D.md");
  RC_ASSERT(with_section(once, kFirstText, "D.md") == once);
}

RC_GTEST_PROP(WithSection, ReplacingLeavesEveryByteAboveAndBelow, ()) {
  const std::string above = any_document();
  std::string below = any_text();
  if (above.find("0001-a begin -->\n```\nopen") != std::string::npos) below = "Below\r\n\nthe end";
  const std::string document = with_section(above, kFirstText, "D.md") + below;
  RC_ASSERT(with_section(document, kSecondText, "D.md") == with_section(above, kSecondText, "D.md") + below);
}

}  // namespace marked_sections_tests
}  // namespace assay::record
