#include <filesystem>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "core/named_variant.hpp"
#include "experiments/definition/definition.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace bad_files_tests {

const std::string kFolder = "tests/unit/definition/bad";

/// The names of all kinds of checks, as messages list them. A new kind joins the message without a change here.
std::string kinds_of_checks() {
  std::string names;
  for (const std::string_view name : kAlternativeNames<CheckKind>)
    names += (names.empty() ? "\"" : ", \"") + std::string(name) + "\"";
  return names;
}

/// One message for each bad file, which it starts with the name of.
std::vector<std::string> expected_messages() {
  std::istringstream lines(test::source_file(kFolder + "/messages.txt"));
  std::vector<std::string> messages;
  const std::string placeholder = "{kinds of checks}";
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.find(placeholder);
    if (at != std::string::npos) line.replace(at, placeholder.size(), kinds_of_checks());
    messages.push_back(line);
  }
  return messages;
}

std::string file_of(const std::string& message) {
  return message.substr(0, message.find(':'));
}

/// messages.txt has a message on a line: "; also " stands where another mistake begins a line of its own.
std::string on_one_line(std::string message) {
  for (std::size_t at = message.find("\n  "); at != std::string::npos; at = message.find("\n  ")) {
    message.replace(at, 3, "; also ");
  }
  return message;
}

class BadFile : public testing::TestWithParam<std::string> {};

TEST_P(BadFile, IsAnsweredWithItsMessage) {
  const std::string file = file_of(GetParam());
  EXPECT_EQ(on_one_line(test::message_of([&] {
              (void)parse_definition({file, test::source_file(kFolder + "/" + file)});
            })),
            GetParam());
}

std::string test_name(const testing::TestParamInfo<std::string>& info) {
  std::string name = file_of(info.param);
  for (char& character : name) {
    if (character == '-' || character == '.') character = '_';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(, BadFile, testing::ValuesIn(expected_messages()), test_name);

TEST(BadFiles, AllHaveAnExpectedMessage) {
  std::set<std::string> expected = {"messages.txt"};
  for (const std::string& message : expected_messages()) expected.insert(file_of(message));
  std::set<std::string> there;
  for (const auto& entry : std::filesystem::directory_iterator(ASSAY_SOURCE_FOLDER "/" + kFolder))
    there.insert(entry.path().filename());
  EXPECT_EQ(there, expected);
}

}  // namespace bad_files_tests
}  // namespace assay::definition
