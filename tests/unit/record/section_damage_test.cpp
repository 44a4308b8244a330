#include "experiments/record/documents/section_damage.hpp"

#include <gtest/gtest.h>

namespace assay::record {
namespace section_damage_tests {

const MarkedSection kOurs{.name = "0002-ours", .text = "## ours\n\n- host: a\n- by: ada\n"};
const MarkedSection kTheirs{.name = "0002-theirs", .text = "## theirs\n\n- host: a\n- by: bob\n"};

std::string text_of(const MarkedSection& section) {
  return section_text(section, "\n") + "\n";
}

std::string mended(const std::string& document) {
  return with_sections(without_damage(document, {kOurs, kTheirs}), {kOurs, kTheirs}, "D.md");
}

TEST(WithoutDamage, LeavesASoundDocumentAsItIs) {
  const std::string document = "# Ours\n\n" + text_of(kOurs) + "\nWords.\n=======\n" + text_of(kTheirs);
  EXPECT_EQ(without_damage(document, {kOurs, kTheirs}), document);
}

TEST(WithoutDamage, TakesMixedSectionsApart) {
  // As git's union merge writes them where both sides have lines in common.
  const std::string document =
      "# Title\n\n"
      "<!-- assay:record 0002-ours begin -->\n## ours\n"
      "<!-- assay:record 0002-theirs begin -->\n## theirs\n\n- host: a\n"
      "- by: ada\n<!-- assay:record 0002-ours end -->\n"
      "- by: bob\n<!-- assay:record 0002-theirs end -->\n"
      "Words.\n";
  EXPECT_EQ(mended(document), "# Title\n\nWords.\n\n" + text_of(kOurs) + "\n" + text_of(kTheirs));
}

TEST(WithoutDamage, KeepsWhatAPersonWroteIntoTheMidst) {
  const std::string document =
      "<!-- assay:record 0002-ours begin -->\n## ours\nWe love this.\n"
      "<!-- assay:record 0002-theirs begin -->\n## theirs\n";
  EXPECT_EQ(mended(document), "We love this.\n\n" + text_of(kOurs) + "\n" + text_of(kTheirs));
}

TEST(WithoutDamage, ResolvesAConflictOfSections) {
  const std::string document =
      "# Title\n\n<<<<<<< HEAD\n" + text_of(kOurs) + "=======\n" + text_of(kTheirs) + ">>>>>>> feature\nWords.\n";
  EXPECT_EQ(mended(document), "# Title\n\nWords.\n\n" + text_of(kOurs) + "\n" + text_of(kTheirs));
}

TEST(WithoutDamage, LeavesAConflictOfPeoplesWordsToThem) {
  const std::string document = "<<<<<<< HEAD\nWe keep it.\n=======\nWe drop it.\n>>>>>>> feature\n";
  EXPECT_EQ(without_damage(document, {kOurs}), document);
}

TEST(WithoutDamage, KeepsTheFirstOfTwoSectionsOfOneName) {
  EXPECT_EQ(mended(text_of(kOurs) + "\nWords.\n" + text_of(kOurs) + text_of(kTheirs)),
            text_of(kOurs) + "\nWords.\n" + text_of(kTheirs));
}

TEST(WithoutDamage, KeepsSoundSectionsWhereTheyStand) {
  const std::string document = text_of(kTheirs) + "Words.\n<!-- assay:record 0002-ours begin -->\n## ours\n";
  EXPECT_EQ(mended(document), text_of(kTheirs) + "Words.\n\n" + text_of(kOurs));
}

// What both sides wrote into a section is older than what is put back, and known to nobody.
TEST(WithoutDamage, ResolvesAConflictWithinASection) {
  const std::string document =
      "# Title\n\nBefore.\n\n<!-- assay:record 0002-ours begin -->\n## ours of old\n"
      "<<<<<<< HEAD\n- by: ada of old\n||||||| base\n- by: nobody\n=======\n- by: bob of old\n>>>>>>> feature\n"
      "- also old\n<!-- assay:record 0002-ours end -->\nAfter.\n";
  EXPECT_EQ(mended(document), "# Title\n\nBefore.\n\nAfter.\n\n" + text_of(kOurs) + "\n" + text_of(kTheirs));
}

TEST(WithoutDamage, ResolvesAConflictThatBeginsInOneSectionAndEndsInAnother) {
  const std::string document =
      "<!-- assay:record 0002-ours begin -->\nold\n<<<<<<< HEAD\n- host: a of old\n"
      "<!-- assay:record 0002-ours end -->\nOur words.\n=======\n- host: b of old\n"
      "<!-- assay:record 0002-ours end -->\n\n<!-- assay:record 0003-far begin -->\nold\n>>>>>>> feature\n"
      "far\n<!-- assay:record 0003-far end -->\nAfter.\n";
  const std::string mended_text = mended(document);
  EXPECT_NE(mended_text.find("<<<<<<< HEAD\nOur words.\n=======\n"), std::string::npos) << mended_text;
  EXPECT_NE(mended_text.find("After.\n"), std::string::npos);
  EXPECT_EQ(mended_text.find("of old"), std::string::npos);
}

TEST(WithoutDamage, TakesWordsThatBothSidesHaveOnce) {
  const std::string document =
      "<<<<<<< HEAD\n" + text_of(kOurs) + "Words.\n=======\n" + text_of(kTheirs) + "Words.\n>>>>>>> feature\n";
  EXPECT_EQ(without_damage(document, {kOurs, kTheirs}), "Words.\n");
}

TEST(LineOfConflict, IsThatOfItsFirstMark) {
  EXPECT_EQ(line_of_conflict("# Title\n=======\n"), 0U);
  EXPECT_EQ(line_of_conflict("# Title\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> b\n"), 3U);
}

}  // namespace section_damage_tests
}  // namespace assay::record
