#include "experiments/formats/record/record_json.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::formats {
namespace record_json_tests {

using test::message_of;

/// Parses the sample's text with `what` put in place of the first `part`.
std::string message_for(const std::string& part, const std::string& what) {
  std::string text = record_json(record::sample_record());
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  text.replace(at, part.size(), what);
  return message_of([&] { (void)parse_record(text, "7.json"); });
}

TEST(RecordJson, ReadsBackAllThatIsNotComputed) {
  const Record record = record::sample_record();
  Record back = parse_record(record_json(record), "7.json");
  back.result = record.result;
  EXPECT_EQ(back, record);
}

TEST(RecordJson, ReadsBackWhereAndByWhomItWasMeasuredAndOldRecordsDoNotSay) {
  Record record = record::sample_record();
  const std::string old = record_json(record);
  for (const char* key : {"revision", "other_changes", "git_identity"}) {
    EXPECT_EQ(old.find(fmt::format("\"{}\":", key)), std::string::npos) << key;
  }
  record.revision = std::string(40, 'a');
  record.has_other_changes = true;
  record.git_identity = "ada@home";
  const Record back = parse_record(record_json(record), "7.json");
  EXPECT_EQ(back.revision, record.revision);
  EXPECT_TRUE(back.has_other_changes);
  EXPECT_EQ(back.git_identity, "ada@home");
}

TEST(RecordJson, ReadsBackTheResult) {
  const AttemptResult result = record::sample_record().result;
  const AttemptResult back = parse_record(record_json(record::sample_record()), "7.json").result;
  EXPECT_EQ(back.verdict, Verdict::improved);
  EXPECT_EQ(back.decision, Decision::keep);
  EXPECT_EQ(back.void_blocks, 1);
  ASSERT_EQ(back.comparisons.size(), 1U);
  EXPECT_NEAR(back.comparisons[0].metrics[0].effect->estimate, result.comparisons[0].metrics[0].effect->estimate,
              1e-12);
}

TEST(RecordJson, IsOneTextForOneRecord) {
  const std::string text = record_json(record::sample_record());
  EXPECT_EQ(record_json(record::sample_record()), text);
  EXPECT_TRUE(text.starts_with(R"({"actor":"ada@example.org","blocks":[{"cell":0,)")) << text.substr(0, 100);
  EXPECT_TRUE(text.ends_with(R"("schema_version":1})"));
}

TEST(RecordJson, HoldsThePlanWhoseHashItNames) {
  const Record record = record::sample_record();
  const std::string text = record_json(record);
  EXPECT_NE(text.find("\"plan\":" + plan_json(record.plan) + ","), std::string::npos);
  EXPECT_EQ(host::sha256(plan_json(record.plan)), record.plan_sha256);
}

TEST(RecordJson, IsWrittenEvenIfAHostHasANameThatIsNotText) {
  Record record = record::sample_record();
  record.machine.hostname = "bench\xff";
  record.machine.limits["cpu_set"] = "\xfe";
  EXPECT_EQ(parse_record(record_json(record), "7.json").machine.hostname, "bench\xef\xbf\xbd");
}

TEST(RecordJson, NamesFileAndPlaceOfWhatIsWrong) {
  EXPECT_EQ(message_for(R"("actor":"ada@example.org")", R"("actor":3)"), "7.json: /actor: expected text, not number");
  EXPECT_EQ(message_for(R"("hostname":"bench1",)", ""), R"(7.json: /machine: "hostname" is missing)");
  EXPECT_EQ(
      message_for(R"("kind":"env")", R"("kind":"moon")"),
      R"(7.json: /plan/variable/kind: expected one of "env", "argument", "command", "revision", "patch", "file", )"
      R"("state", "level", not "moon")");
  EXPECT_EQ(message_for(R"("kind":"hook-failed")", R"("kind":"moon")"),
            "7.json: /blocks/2/trials/1/outcome/kind: \"moon\" is not an outcome");
  EXPECT_EQ(message_for(R"("decision":"keep")", R"("decision":"moon")").substr(0, 16), "7.json: /result/");
  EXPECT_EQ(message_for(R"("interruptions_ns":[)", R"("interruptions_ns":[0.5,)"),
            "7.json: /interruptions_ns/0: expected an integer, not 0.5");
}

TEST(RecordJson, NamesTheLineOfWhatIsNotJson) {
  EXPECT_TRUE(message_for(R"("actor":)", R"("actor")").starts_with("7.json:1:")) << message_for(R"("actor":)", "");
}

TEST(RecordJson, RefusesAKeyThatAppearsTwice) {
  EXPECT_NE(message_for(R"("actor":)", R"("actor":"eve","actor":)").find("twice"), std::string::npos);
}

TEST(RecordJson, RefusesANewerSchema) {
  EXPECT_EQ(message_for(R"("schema_version":1})", R"("schema_version":2})"),
            "7.json: written by another assay (record schema 2, this program knows 1): use that version");
}

TEST(RecordJson, RefusesWhatIsNoRecordAtAll) {
  EXPECT_EQ(message_of([] { (void)parse_record("{}", "package.json"); }),
            R"(package.json: not a record of assay: "format" is not "assay record")");
  EXPECT_EQ(message_of([] { (void)parse_record("[]", "package.json"); }),
            "package.json: /: expected an object, not array");
}

}  // namespace record_json_tests
}  // namespace assay::formats
