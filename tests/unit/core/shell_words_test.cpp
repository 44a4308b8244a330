#include "core/text/shell_words.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/text/split_command.hpp"

namespace assay {
namespace shell_words_tests {

TEST(ShellWords, QuotesOnlyWhatAShellWouldTakeApart) {
  EXPECT_EQ(shell_words({"assay", "compare", "sleep 1", "a'b", "", "x=1"}),
            R"(assay compare 'sleep 1' 'a'\''b' '' x=1)");
}

RC_GTEST_PROP(ShellWords, AreReadBackAsTheyWere, (std::vector<std::string> words)) {
  words.insert(words.begin(), "program");  // which cannot be empty
  RC_ASSERT(split_command(shell_words(words)) == words);
}

}  // namespace shell_words_tests
}  // namespace assay
