#include "core/text/utf8.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace utf8_tests {

TEST(Utf8Length, MeasuresWholeCharacters) {
  EXPECT_EQ(utf8_length("a"), 1U);
  EXPECT_EQ(utf8_length("µs"), 2U);
  EXPECT_EQ(utf8_length("€"), 3U);
  EXPECT_EQ(utf8_length("😀"), 4U);
  EXPECT_EQ(utf8_length("\xf4\x8f\xbf\xbf"), 4U);  // U+10FFFF, the last one
}

TEST(Utf8Length, IsZeroWhereNoCharacterStarts) {
  // Stray continuation; overlong of 2, 3 and 4 bytes; surrogate; beyond U+10FFFF; cut; never used.
  for (const char* text : {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xf0\x8f\xbf\xbf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
                           "\xe2\x82", "\xff"}) {
    EXPECT_EQ(utf8_length(text), 0U) << text;
  }
}

TEST(OnOneLine, KeepsOneLineOfText) {
  EXPECT_EQ(printable("a\nb\x1b[31m\xff µ"), "a\\x0ab\\x1b[31m\\xff µ");
}

TEST(Printable, ShowsControlCharactersOfLatin1AndOverridesOfDirection) {
  EXPECT_EQ(printable("a\u009bb"), "a\\xc2\\x9bb");       // CSI in one character
  EXPECT_EQ(printable("a\u202eb"), "a\\xe2\\x80\\xaeb");  // right-to-left override
  EXPECT_EQ(printable("a\u2066b"), "a\\xe2\\x81\\xa6b");  // left-to-right isolate
  EXPECT_EQ(printable("a\u200fb"), "a\\xe2\\x80\\x8fb");  // right-to-left mark
  EXPECT_EQ(printable("a\u061cb"), "a\\xd8\\x9cb");       // Arabic letter mark
  EXPECT_EQ(printable("a\u200db"), "a\u200db");           // joins letters of Indic scripts and emoji
  EXPECT_EQ(printable("a\u2028b"), "a\\xe2\\x80\\xa8b");  // line separator
}

TEST(Utf8CodePoint, IsThatOfTheCharacter) {
  EXPECT_EQ(utf8_code_point("a"), U'a');
  EXPECT_EQ(utf8_code_point("µ"), U'µ');
  EXPECT_EQ(utf8_code_point("€"), U'€');
  EXPECT_EQ(utf8_code_point("😀"), U'😀');
}

TEST(Shortened, NeverCutsACharacter) {
  const std::string text = std::string(59, 'a') + "€uro";
  EXPECT_EQ(shortened(text), std::string(59, 'a') + "...");
  EXPECT_EQ(shortened(std::string(60, 'a')), std::string(60, 'a'));
}

}  // namespace utf8_tests
}  // namespace assay
