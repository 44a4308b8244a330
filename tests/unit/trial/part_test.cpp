#include "experiments/trial/audit/part.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::trial {
namespace part_tests {

using Texts = std::map<std::string, std::string>;

/// The text of each part, with the path parts of libraries among the texts.
void expect_read_back(const std::vector<Part>& parts) {
  Texts texts;
  for (const Part& part : parts) texts[to_string(part)] = "value";
  EXPECT_EQ(texts.size(), parts.size());
  for (const Part& part : parts) EXPECT_EQ(parse_part(to_string(part), texts), part) << to_string(part);
}

TEST(Part, HasTheTextThatRecordsHaveForIt) {
  EXPECT_EQ(to_string({PartKind::argument, "2"}), "argv[2]");
  EXPECT_EQ(to_string({PartKind::environment, "HOME"}), "env HOME");
  EXPECT_EQ(to_string({PartKind::swapped_file, "/etc/app.conf"}), "file /etc/app.conf");
  EXPECT_EQ(to_string({PartKind::working_directory}), "working directory");
  EXPECT_EQ(to_string({PartKind::library, "libc.so.6", PartFacet::content}), "library libc.so.6 content");
  EXPECT_EQ(to_string({PartKind::executable, "", PartFacet::content, 2}), "executable content (build 2)");
}

TEST(Part, OfEachKindIsReadBackFromItsText) {
  std::vector<Part> parts = {{PartKind::argument, "0"}, {PartKind::state},       {PartKind::working_directory},
                             {PartKind::executable},    {PartKind::interpreter}, {PartKind::host},
                             {PartKind::boot},          {PartKind::kernel},      {PartKind::governor}};
  for (const PartKind kind :
       {PartKind::environment, PartKind::standard_input, PartKind::library, PartKind::named_file, PartKind::input,
        PartKind::harness, PartKind::swapped_file, PartKind::changed_file, PartKind::limit, PartKind::cgroup}) {
    parts.push_back({kind, "name of it"});
  }
  parts.push_back({PartKind::library, "name of it", PartFacet::content});
  parts.push_back({PartKind::executable, "", PartFacet::content, 3});
  expect_read_back(parts);
}

TEST(Part, NamedLikeAContentIsNotTakenForOne) {
  expect_read_back({{PartKind::input, "page"},
                    {PartKind::input, "page content"},
                    {PartKind::environment, "A content"},
                    {PartKind::named_file, "bench content (build 2)"},
                    {PartKind::library, "odd content"},
                    {PartKind::library, "odd content", PartFacet::content}});
}

TEST(Part, NamedLikeAnotherKindIsNotTakenForThat) {
  expect_read_back({{PartKind::input, "executable"},
                    {PartKind::input, "harness run.sh"},
                    {PartKind::environment, "file"},
                    {PartKind::swapped_file, "changed file x"},
                    {PartKind::changed_file, "x"}});
}

TEST(Part, IsRefusedUnderATextThatNamesNone) {
  EXPECT_EQ(test::message_of([] { (void)parse_part("executables", {}); }),
            "\"executables\" is no part of a fingerprint");
}

TEST(DifferingParts, AreInTheByteOrderOfTheirTexts) {
  const Parts one = {{{PartKind::argument, "10"}, "a"}, {{PartKind::argument, "9"}, "a"}, {{PartKind::host}, "same"}};
  const Parts other = {{{PartKind::boot}, "b"}, {{PartKind::host}, "same"}};
  EXPECT_EQ(differing_parts(one, other),
            (std::vector<Part>{{PartKind::argument, "10"}, {PartKind::argument, "9"}, {PartKind::boot}}));
}

}  // namespace part_tests
}  // namespace assay::trial
