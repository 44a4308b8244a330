#include "core/host/machine/lineage.hpp"

#include <cstdlib>

#include <gtest/gtest.h>

#include "core/error.hpp"
#include "tests/support/message_of.hpp"

namespace assay::host {
namespace {

using test::message_of;

const std::string kOne = std::string(64, 'a');
const std::string kOther = std::string(64, 'b');

class Lineage : public testing::Test {
 protected:
  void SetUp() override { ::unsetenv(kLineageVariable); }
  void TearDown() override { ::unsetenv(kLineageVariable); }
  static void enter(const std::string& hypothesis) { ::setenv(kLineageVariable, lineage_with(hypothesis).c_str(), 1); }
};

TEST_F(Lineage, LetsAnExperimentRunInsideATrialOfAnother) {
  EXPECT_NO_THROW(refuse_recursion(kOne));
  enter(kOne);
  EXPECT_NO_THROW(refuse_recursion(kOther));
}

TEST_F(Lineage, RefusesAnExperimentInsideATrialOfItself) {
  enter(kOne);
  enter(kOther);
  for (const std::string& hypothesis : {kOne, kOther}) {
    EXPECT_NE(message_of([&] { refuse_recursion(hypothesis); }).find("would never end"), std::string::npos);
  }
}

TEST_F(Lineage, RefusesMoreThanEightInsideEachOther) {
  for (char digit = '0'; digit < '8'; ++digit) {
    EXPECT_NO_THROW(refuse_recursion(kOne));
    enter(std::string(64, digit));
  }
  EXPECT_NE(message_of([] { refuse_recursion(kOne); }).find("8 experiments are inside each other"), std::string::npos);
}

}  // namespace
}  // namespace assay::host
