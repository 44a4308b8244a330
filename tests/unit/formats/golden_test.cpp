#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "core/host/files/digest.hpp"
#include "experiments/formats/block/block_json.hpp"
#include "experiments/formats/plan/hypothesis_json.hpp"
#include "experiments/formats/plan/plan_json.hpp"
#include "experiments/formats/record/entry_json.hpp"
#include "experiments/formats/record/record_json.hpp"
#include "tests/unit/formats/golden_values.hpp"

// The bytes that the first version with each kind of value wrote. Each line of a file under golden/ has a name, the
// SHA-256 of a text, and the text. These lines never change: hashes of plans and records that users have depend on
// them. A test that is run with ASSAY_UPDATE_GOLDEN=1 writes the files anew, so that lines can be added.
namespace assay::formats {
namespace golden_tests {

const std::string kFolder = ASSAY_SOURCE_FOLDER "/tests/unit/formats/golden/";

std::string lines_of(const test::Named<std::string>& texts) {
  std::string lines;
  for (const auto& [name, text] : texts) lines += name + " " + host::sha256(text) + " " + text + "\n";
  return lines;
}

std::string content_of(const std::string& file) {
  std::ifstream stream(kFolder + file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void expect_golden(const std::string& file, const test::Named<std::string>& texts) {
  if (std::getenv("ASSAY_UPDATE_GOLDEN") != nullptr) std::ofstream(kFolder + file, std::ios::binary) << lines_of(texts);
  EXPECT_EQ(content_of(file), lines_of(texts)) << file;
}

template <class Value, class Write>
test::Named<std::string> written(const test::Named<Value>& values, Write write) {
  test::Named<std::string> texts;
  for (const auto& [name, value] : values) texts.emplace_back(name, write(value));
  return texts;
}

/// The texts of a golden file, by name.
test::Named<std::string> texts_in(const std::string& file) {
  std::istringstream lines(content_of(file));
  test::Named<std::string> texts;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    texts.emplace_back(line.substr(0, first), line.substr(second + 1));
    EXPECT_EQ(line.substr(first + 1, second - first - 1), host::sha256(texts.back().second)) << texts.back().first;
  }
  EXPECT_FALSE(texts.empty()) << file;
  return texts;
}

TEST(Golden, PlansHaveTheBytesThatTheyAlwaysHad) {
  expect_golden("plans.txt", written(test::golden_plans(), plan_json));
}

TEST(Golden, PlansReadBack) {
  for (auto& [name, plan] : test::golden_plans()) {
    Plan expected = plan;
    for (const auto& [secret, hash] : expected.secrets) expected.environment.erase(secret);
    EXPECT_EQ(parse_plan(plan_json(plan)), expected) << name;
  }
}

TEST(Golden, HypothesesHaveTheBytesThatTheyAlwaysHad) {
  expect_golden("hypotheses.txt", written(test::golden_plans(), hypothesis_json));
}

TEST(Golden, BlocksHaveTheBytesThatTheyAlwaysHad) {
  expect_golden("blocks.txt", written(test::golden_blocks(), block_json));
}

TEST(Golden, BlocksReadBackToTheSameBytes) {
  for (const auto& [name, text] : texts_in("blocks.txt")) EXPECT_EQ(block_json(parse_block(text)), text) << name;
}

TEST(Golden, EntriesHaveTheBytesThatTheyAlwaysHad) {
  expect_golden("entries.txt", written(test::golden_entries(), entry_json));
}

TEST(Golden, HasAnEntryOfEachKind) {
  std::set<RecordKind> missing;
  for (std::size_t kind = 1; kind < EnumNames<RecordKind>::values.size(); ++kind) {
    missing.insert(static_cast<RecordKind>(kind));  // 0 is the attempt, which is no entry
  }
  for (const auto& [name, entry] : test::golden_entries()) missing.erase(kind_of(entry.content));
  for (const RecordKind kind : missing) ADD_FAILURE() << to_string(kind);
}

TEST(Golden, EntriesReadBack) {
  for (const auto& [name, entry] : test::golden_entries()) EXPECT_EQ(parse_entry(entry_json(entry), name), entry);
}

TEST(Golden, RecordsReadBackToTheSameBytes) {
  for (const auto& [name, text] : texts_in("records.txt")) {
    EXPECT_EQ(record_json(parse_record(text, name)), text) << name;
  }
}

}  // namespace golden_tests
}  // namespace assay::formats
