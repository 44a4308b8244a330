#include "core/text/plain_sentence.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace plain_sentence_tests {

TEST(PlainSentence, HasNoMarkdown) {
  EXPECT_EQ(plain_sentence("as `x` says ([here](../a.md))"), "As x says (here).");
  EXPECT_EQ(plain_sentence("`x`: [0] stays."), "x: [0] stays.");
}

}  // namespace plain_sentence_tests
}  // namespace assay
