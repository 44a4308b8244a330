#include "experiments/formats/record/entry_json.hpp"

#include <gtest/gtest.h>

#include "experiments/formats/record/record_json.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/formats/entry_samples.hpp"
#include "tests/unit/record/sample_baseline.hpp"
#include "tests/unit/record/sample_record.hpp"

namespace assay::formats {
namespace entry_json_tests {

using test::baseline_with_objections;
using test::challenge;
using test::change_shown_by;
using test::claim_of;
using test::claim_without_a_record;
using test::done_by_every_kind;
using test::gain_of_two_cells;
using test::gate_of_two_experiments;
using test::opening_of;
using test::review_with_samples;

const Target kTarget{.workload = "site",
                     .state = "warm",
                     .metric = "wall",
                     .statistic = Statistic::median,
                     .bound = Bound::at_most,
                     .limit = 90,
                     .unit = "s"};

Entry entry_of(EntryContent content) {
  return {.number = 8,
          .program_version = "0.1.0",
          .created_ns = 1'772'373'959'000'000'000,
          .actor = "ada@example.org",
          .parents = {std::string(64, 'a')},
          .content = std::move(content)};
}

TEST(EntryJson, ReadsBackWhatItWrote) {
  const std::string hash(64, 'b');
  for (const EntryContent& content :
       std::vector<EntryContent>{Reopening{"poll", hash, "ci", hash, "runtime 27", "it is 28"},
                                 Relaxation{"poll", kTarget, 120, "node", "2026-03-01"},
                                 Relaxation{"poll", kTarget, std::nullopt, "node", "2026-03-01"},
                                 Restoration{hash, kTarget, "mended"},
                                 Question{"Which?", {"a", "b"}, "ada", ""},
                                 Answer{hash, "Which?", "a", {hash}, "faster"},
                                 claim_of(ClaimedRatio{4}),
                                 claim_of(ClaimedLimit{Statistic::maximum, Bound::at_most, 0.001}),
                                 claim_of(ClaimedRate{1, 0.95}),
                                 claim_of(ClaimedRate{0.9, std::nullopt}),
                                 claim_of(ClaimedNotWorse{3}),
                                 claim_of(ClaimedCorrectness{}),
                                 claim_without_a_record(),
                                 Withdrawal{hash, "wall of poll", "the cache was warm"},
                                 opening_of(hash),
                                 Closing{hash, "poll", hash, "ci"},
                                 Acceptance{hash, "poll", hash, "ci", DecisionReason::near, "another tool"},
                                 challenge(),
                                 ChallengeEntry{},
                                 AllowedFinding{hash, 2, "tests/test_it.py:41: skips a test", "it was a duplicate"},
                                 record::sample_baseline(),
                                 Adoption{change_shown_by(ChangeProof::patch)},
                                 Adoption{change_shown_by(ChangeProof::person)},
                                 Reversion{change_shown_by(ChangeProof::level), hash},
                                 Reversion{change_shown_by(ChangeProof::file), ""},
                                 gain_of_two_cells(),
                                 gate_of_two_experiments(),
                                 done_by_every_kind(),
                                 review_with_samples(),
                                 Review{},
                                 baseline_with_objections()}) {
    const Entry entry = entry_of(content);
    EXPECT_EQ(parse_entry(entry_json(entry), "e"), entry) << to_string(kind_of(content));
    EXPECT_EQ(entry_name(entry), "0008-" + std::string(to_string(kind_of(content))));
  }
}

TEST(EntryJson, HasTheEnvelopeOfARecord) {
  EXPECT_EQ(entry_json(entry_of(Question{"Which?", {"a", "b"}, "ada", ""})),
            R"({"actor":"ada@example.org","created_ns":1772373959000000000,"format":"assay record","kind":"question",)"
            R"("number":8,"parents":["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],)"
            R"("payload":{"due":"","options":["a","b"],"owner":"ada","text":"Which?"},)"
            R"("program_version":"0.1.0","schema_version":1})");
}

TEST(EntryJson, KnowsItsKinds) {
  EXPECT_EQ(test::message_of([] { (void)parse_entry(record_json(record::sample_record()), "r"); }),
            "r: /: \"kind\" is missing");
  std::string text = entry_json(entry_of(Question{"Which?", {"a", "b"}, "ada", ""}));
  EXPECT_EQ(test::message_of([&] { (void)parse_record(text, "r"); }),
            "r: /kind: a record of the kind \"question\", not of an attempt");
  text.replace(text.find("question"), 8, "prophecy");
  EXPECT_EQ(test::message_of([&] { (void)parse_entry(text, "r"); }),
            "r: /kind: \"prophecy\" is not a kind of record that this assay knows");
  text.replace(text.find("prophecy"), 8, "attempt");
  EXPECT_EQ(test::message_of([&] { (void)parse_entry(text, "r"); }),
            "r: /kind: a record of the kind \"attempt\", not of an entry");
}

}  // namespace entry_json_tests
}  // namespace assay::formats
