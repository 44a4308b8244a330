#include "experiments/report/html/html_text.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "experiments/report/html/lab_index.hpp"
#include "experiments/report/html/page.hpp"

namespace assay::report {
namespace html_text_tests {

TEST(HtmlText, LeavesNoMarkupInForeignText) {
  EXPECT_EQ(html_text("a <b> & \"c\" 'd'"), "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;");
  EXPECT_EQ(html_text("\xE2\x80\xAE"), "\\xe2\\x80\\xae");  // U+202E turns text around
  EXPECT_EQ(html_text("\x1b[31m").find('\x1b'), std::string::npos);
}

TEST(HtmlJson, CannotEndItsElementAndMeansTheSame) {
  const nlohmann::json value = {{"name", "</script><!--"}};
  const std::string text = html_json(value.dump());
  EXPECT_EQ(text.find('<'), std::string::npos);
  EXPECT_EQ(nlohmann::json::parse(text), value);
}

TEST(PictureData, DrawsNoNameThatTurnsTheTextAroundIt) {
  PictureData data;
  (void)data.add({{"arms", {"a\u202eb"}}});
  EXPECT_EQ(nlohmann::json::parse(data.script_text())["p1"]["arms"][0], "a\\xe2\\x80\\xaeb");
}

TEST(PageText, AllowsOnlyItsOwnScriptAndStyle) {
  PictureData data;
  const std::string name = data.add({{"kind", "time"}, {"axis", "</script>"}});
  const std::string page = page_text(
      {"<title>", "<p>body</p>", data},
      {.style = "p{}", .style_hash = "sha256-S", .script = "1;", .script_hash = "sha256-T", .script_file = ""});
  EXPECT_NE(page.find("default-src 'none'; script-src 'sha256-T'; style-src 'sha256-S'"), std::string::npos);
  EXPECT_NE(page.find("<title>&lt;title&gt;</title>"), std::string::npos);
  EXPECT_NE(page.find("<script>1;</script>"), std::string::npos);
  EXPECT_NE(page.find("\"" + name + "\":{\"axis\":\"\\u003c/script>\""), std::string::npos);
  EXPECT_EQ(page.find("unsafe"), std::string::npos);
}

TEST(PageText, NamesTheScriptBesideIt) {
  const PictureData data;
  const std::string page = page_text(
      {"t", "", data},
      {.style = "", .style_hash = "sha256-S", .script = "1;", .script_hash = "sha256-T", .script_file = "report.js"});
  EXPECT_NE(page.find("<script src=\"report.js\"></script>"), std::string::npos);
  EXPECT_NE(page.find("script-src 'self'"), std::string::npos);
  EXPECT_EQ(page.find("1;"), std::string::npos);
}

TEST(IndexTable, EscapesEveryWordAndLinksWhatHasAnArticle) {
  const std::string html =
      index_table({{"0001-a", "#0001-a", "2026-03-01", "attempt", "<i>", "improved", "keep", "x\"y"},
                   {"0002-b", "", "2026-03-02", "question", "b", "", "", "z"}});
  EXPECT_EQ(html.find("<i>"), std::string::npos);
  EXPECT_NE(html.find("<a href=\"#0001-a\">0001-a</a>"), std::string::npos);
  EXPECT_NE(html.find("data-words=\"0001-a 2026-03-01 attempt &lt;i&gt; improved keep x&quot;y\""), std::string::npos);
  EXPECT_NE(html.find("<td>question</td>"), std::string::npos);
}

TEST(IndexPart, IsLeftOutIfItIsEmpty) {
  EXPECT_EQ(index_part({"Dead ends", {}}), "");
  EXPECT_NE(index_part({"Dead ends", {"a & b"}}).find("<li data-words=\"Dead ends a &amp; b\">a &amp; b</li>"),
            std::string::npos);
}

}  // namespace html_text_tests
}  // namespace assay::report
