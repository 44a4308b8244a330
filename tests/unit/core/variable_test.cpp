#include "core/variable.hpp"

#include <gtest/gtest.h>

namespace assay {
namespace variable_tests {

TEST(Argument, StandsInEveryPlaceOfEveryWord) {
  EXPECT_EQ(with_argument({"make", "-j{jobs}", "{jobs}x{jobs}", "{other}"}, "jobs", "4"),
            (Argv{"make", "-j4", "4x4", "{other}"}));
}

TEST(Argument, ThatBringsItsOwnPlaceholderIsReplacedOnce) {
  EXPECT_EQ(with_argument({"{name}{name}"}, "name", "<{name}>"), (Argv{"<{name}><{name}>"}));
}

}  // namespace variable_tests
}  // namespace assay
