#include "core/host/machine/presence.hpp"

#include <fcntl.h>
#include <fstream>
#include <optional>
#include <utility>

#include <gtest/gtest.h>

#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace presence_tests {

class PresenceTest : public testing::Test {
 protected:
  PresenceTest() { std::ofstream(folder_ / "present") << ""; }
  [[nodiscard]] Presence present() const {
    return Presence(FileDescriptor(::open((folder_ / "present").c_str(), O_RDWR | O_CLOEXEC)));
  }
  test::ScratchFolder folder_;
};

TEST_F(PresenceTest, SeesNobodyWhenItIsAlone) {
  EXPECT_FALSE(present().sees_another());
}

TEST_F(PresenceTest, SeesAnotherForAsLongAsThatIsThere) {
  const Presence first = present();
  {
    const Presence second = present();
    EXPECT_TRUE(first.sees_another());
    EXPECT_TRUE(second.sees_another());
    EXPECT_TRUE(first.sees_another()) << "to look makes nobody disappear";
  }
  EXPECT_FALSE(first.sees_another());
}

TEST_F(PresenceTest, WithoutAFileSeesNobody) {
  const Presence first = present();
  EXPECT_FALSE(Presence().sees_another());
}

}  // namespace presence_tests
}  // namespace assay::host
