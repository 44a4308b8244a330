#include <optional>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "core/seed.hpp"
#include "experiments/definition/definition.hpp"
#include "tests/support/message_of.hpp"
#include "tests/unit/definition/source_tree.hpp"

namespace assay::definition {
namespace mutation_tests {

constexpr int kMutants = 4000;

/// Cuts, copies and overwrites pieces of a text, so that most of what is left still means something.
std::string mutated(std::string text, Generator& generator) {
  const std::string_view spice[] = {"[",      "]",    "{",    "}",    "\"",
                                    "'",      "=",    ".",    ",",    "\n",
                                    "\\",     "\xff", "µ",    "-1",   "1e999",
                                    "0x",     "inf",  "true", "null", "[[",
                                    "\"\"\"", "/",    "~",    "%",    "9223372036854775808",
                                    "\\u0000"};
  for (auto edits = 1 + generator.below(4); edits > 0; --edits) {
    const std::size_t place = generator.below(text.size() + 1);
    const std::size_t length = generator.below(std::min<std::uint64_t>(40, text.size() - place) + 1);
    switch (generator.below(4)) {
      case 0:
        text.erase(place, length);
        break;
      case 1:
        text.insert(generator.below(text.size() + 1), text.substr(place, length));
        break;
      case 2:
        text.insert(place, spice[generator.below(std::size(spice))]);
        break;
      default:
        text.replace(place, length, spice[generator.below(std::size(spice))]);
    }
  }
  return text;
}

/// Each line of a message names the file, but for the number of mistakes that are not told.
void expect_lines(const std::string& message, const std::string& name) {
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t start = line.find_first_not_of(' ');
    const bool names_file = line.compare(start, name.size() + 1, name + ":") == 0;
    EXPECT_TRUE(names_file || line.find("  and ") == 0) << message;
    EXPECT_LT(line.size(), 700U) << message;
  }
}

/// Each mutant is read, or refused in one line for each mistake; anything else ends the test program.
int refused_mutants(const std::string& name, const std::string& text) {
  Generator generator = Seed(20240607).stream(Stream::bootstrap);
  int refused = 0;
  for (int mutant = 0; mutant < kMutants; ++mutant) {
    const std::string changed = mutated(text, generator);
    const std::string message = test::message_of([&] { check_definition(parse_definition({name, changed})); });
    if (message.empty()) continue;
    ++refused;
    expect_lines(message, name);
  }
  return refused;
}

TEST(MutatedToml, IsReadOrRefusedInOneLineForEachMistake) {
  const int refused = refused_mutants("a.toml", test::source_file("examples/every-key/experiment.toml"));
  EXPECT_GT(refused, kMutants / 4);  // else the mutations reach nothing
  EXPECT_LT(refused, kMutants);
}

TEST(MutatedJson, IsReadOrRefusedInOneLineForEachMistake) {
  const int refused = refused_mutants("a.json", test::source_file("tests/unit/definition/small.json"));
  EXPECT_GT(refused, kMutants / 4);
  EXPECT_LT(refused, kMutants);
}

}  // namespace mutation_tests
}  // namespace assay::definition
