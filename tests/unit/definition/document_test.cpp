#include "experiments/definition/document.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::definition {
namespace document_tests {

using test::message_of;

std::string message_for(const std::string& name, const std::string& text) {
  return message_of([&] { (void)read_document({name, text}); });
}

TEST(Document, RemembersWhereEachValueOfATomlFileStands) {
  const Document document = read_document({"a.toml", "[one]\nkey = 1\n\n[[list]]\n  set = { \"a/b~\" = [1,\n 2] }\n"});
  EXPECT_EQ(position_of(document, "/one/key"), (Position{2, 1}));
  EXPECT_EQ(position_of(document, "/list/0/set"), (Position{5, 3}));
  EXPECT_EQ(position_of(document, "/list/0/set/a~1b~0/1"), (Position{6, 2}));
}

TEST(Document, PlacesWhatIsMissingAtTheValueAroundIt) {
  const Document document = read_document({"a.toml", "\n[one]\nkey = 1\n"});
  EXPECT_EQ(position_of(document, "/one/missing/deeper"), position_of(document, "/one"));
  EXPECT_EQ(position_of(document, "/missing"), Position{});
}

TEST(Document, IsJsonByItsNameOrItsFirstCharacter) {
  EXPECT_EQ(read_document({"a.json", "[1]"}).tree, nlohmann::json::array({1}));
  EXPECT_EQ(read_document({"a.txt", " \n{\"b\": 1}"}).tree, (nlohmann::json{{"b", 1}}));
  EXPECT_EQ(read_document({"a.txt", "b = 1"}).tree, (nlohmann::json{{"b", 1}}));
}

TEST(Document, TomlAndJsonGiveTheSameTree) {
  const std::string toml = "a = 1\nb = [1.5, true, \"x\"]\n[c.d]\ne = \"µ\"\n";
  const std::string json = R"({"a": 1, "b": [1.5, true, "x"], "c": {"d": {"e": "µ"}}})";
  EXPECT_EQ(read_document({"a.toml", toml}).tree, read_document({"a.json", json}).tree);
}

TEST(ErrorAt, NamesLineAndColumnInToml) {
  const Document document = read_document({"a.toml", "[one]\nlist = [1, 2]\n"});
  EXPECT_STREQ(error_at(document, {"/one/list/1", "is even"}).what(), "a.toml:2:12: one.list[1]: is even");
}

TEST(ErrorAt, NamesTheJsonPointerInJson) {
  const Document document = read_document({"a.json", R"({"one": {"list": [1, 2]}})"});
  EXPECT_STREQ(error_at(document, {"/one/list/1", "is even"}).what(), "a.json: /one/list/1: is even");
}

TEST(ErrorAt, QuotesAKeyThatIsNotPlain) {
  const Document document = read_document({"a.toml", "\"x\\ny\" = 1\n"});
  EXPECT_STREQ(error_at(document, {"/x\ny", "is odd"}).what(), "a.toml:1:1: \"x\\x0ay\": is odd");
}

TEST(ErrorAt, StaysOnOneShortLineWhateverTheKeys) {
  const Document document = read_document({"a.json", "{}"});
  EXPECT_STREQ(error_at(document, {"/x\ny", "is odd"}).what(), "a.json: /x\\x0ay: is odd");
  EXPECT_EQ(error_at(document, {"/" + std::string(1000, 'x'), "is odd"}).what(),
            "a.json: /" + std::string(199, 'x') + "...: is odd");
}

TEST(ReadDocument, RefusesHugeNestingOfEveryKind) {
  std::string dotted;
  std::string lists;
  for (int part = 0; part < 100'000; ++part) dotted += "a.";
  for (int level = 0; level < 100'000; ++level) lists += "[";
  EXPECT_EQ(message_for("a.toml", dotted + "b = 1"), "a.toml:1: a key of more than 64 parts");
  EXPECT_EQ(message_for("a.toml", "[" + dotted + "b]"), "a.toml:1: a key of more than 64 parts");
  EXPECT_EQ(message_for("a.toml", "a = " + lists), "a.toml:1:37: nested more than 32 levels deep");
  EXPECT_EQ(message_for("a.json", lists), "a.json:1:101: nested more than 100 levels deep");
}

TEST(ReadDocument, RefusesDeepKeysInNestedTables) {
  // Each alone is allowed; together they would nest 40 levels deep.
  const std::string keys = "a.a.a.a.a.a.a.a.a.a";
  std::string text = keys;
  for (int level = 0; level < 3; ++level) text += " = {" + keys;
  EXPECT_NE(message_for("a.toml", text + " = 1 } } }").find("nested more than 32 levels deep"), std::string::npos);
}

TEST(ReadDocument, RefusesHeadersThatTheParserDoesNotExpect) {
  // Each breaks an assertion of toml++ 3.3; unchecked, that is undefined behaviour.
  for (const char* header : {"[[[a]]]", "[[=", "[[[1]]]", "[[[]]"}) {
    EXPECT_EQ(message_for("a.toml", std::string("a = 1\n") + header + "\nb = 2\n"),
              "a.toml:2: not TOML: this line is neither a table header nor a key with its value");
  }
  EXPECT_EQ(message_for("a.toml", "[[[a]]]"),
            "a.toml:1: not TOML: this line is neither a table header nor a key with its value");
}

TEST(ReadDocument, TakesLettersBeyondAsciiWhereTheParserLooksForBlanks) {
  // A letter after a line's end that is escaped (toml++ issue 190), and one that ends a key.
  EXPECT_EQ(read_document({"a.toml", "a = \"\"\"\\\n  \u00a7 x\"\"\""}).tree, (nlohmann::json{{"a", "\u00a7 x"}}));
  EXPECT_NE(message_for("a.toml", "a\u00e9 = 1").find("a.toml:1:2: not TOML"), std::string::npos);
  EXPECT_NE(message_for("a.toml", "a\u00a0= 1").find("a.toml:1:2: not TOML"), std::string::npos);
}

TEST(ReadDocument, LetsProseHaveManyDots) {
  EXPECT_EQ(message_for("a.toml", "a = \"" + std::string(500, '.') + "\""), "");
}

TEST(ReadDocument, RefusesAFileBeyondReason) {
  EXPECT_EQ(message_for("a.toml", "#" + std::string(1 << 20, ' ')),
            "a.toml: larger than an experiment needs: at most 1 MiB");
}

}  // namespace document_tests
}  // namespace assay::definition
