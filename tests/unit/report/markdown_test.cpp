#include "experiments/report/markdown.hpp"

#include <gtest/gtest.h>

namespace assay::report {
namespace markdown_tests {

TEST(MarkdownText, TakesTheMeaningFromMarkup) {
  EXPECT_EQ(markdown_text("a|b `c` *d* [e](f) ~g~ \\"), "a\\|b \\`c\\` \\*d\\* \\[e\\](f) \\~g\\~ \\\\");
}

TEST(MarkdownText, LeavesNoTagAndNoComment) {
  EXPECT_EQ(markdown_text("<!-- assay:end --> <b>&amp;"), "&lt;!-- assay:end --&gt; &lt;b>&amp;amp;");
}

TEST(MarkdownText, StaysOnOneLine) {
  EXPECT_EQ(markdown_text("first\n## second\r\x07"), "first ## second\\\\x0d\\\\x07");
}

TEST(MarkdownText, LeavesTheUnderscoreOfAName) {
  EXPECT_EQ(markdown_text("LC_ALL _this_"), "LC_ALL \\_this\\_");
}

TEST(MarkdownText, LeavesAnArrow) {
  EXPECT_EQ(markdown_text("sleep -> poll"), "sleep -> poll");
}

TEST(MarkdownCode, FenceIsLongerThanAnyRunOfBackticks) {
  EXPECT_EQ(markdown_code("make all"), "`make all`");
  EXPECT_EQ(markdown_code("a ``b"), "```a ``b```");
  EXPECT_EQ(markdown_code("`a`"), "`` `a` ``");
}

TEST(MarkdownCode, HoldsNoCommentForAMarkerSearchToFind) {
  EXPECT_EQ(markdown_code("x <!-- y").find("<!--"), std::string::npos);
  EXPECT_EQ(markdown_code("x --> y").find("-->"), std::string::npos);
}

TEST(MarkdownCode, OfNothingIsNothing) {
  EXPECT_EQ(markdown_code(""), "");
}

}  // namespace markdown_tests
}  // namespace assay::report
