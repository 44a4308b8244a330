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

}  // namespace section_damage_tests
}  // namespace assay::record
