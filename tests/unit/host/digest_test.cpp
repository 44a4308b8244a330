#include "core/host/files/digest.hpp"

#include <gtest/gtest.h>

#include "core/host/files/files.hpp"
#include "tests/support/message_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace digest_tests {

// Test vectors of FIPS 180-2, appendix B, and of the empty message.
constexpr const char* kOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
constexpr const char* kOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr const char* kOfAMillionA = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

TEST(Sha256, AgreesWithTheStandardsVectors) {
  EXPECT_EQ(sha256(""), kOfNothing);
  EXPECT_EQ(sha256("abc"), kOfAbc);
}

// From Python's hashlib.blake2b(b"abc", digest_size=32).
// RFC 4231, test case 2.
TEST(Hmac, AgreesWithTheStandardsVector) {
  EXPECT_EQ(hmac_sha256("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Blake2b, AgreesWithAnotherImplementation) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "abc", "abc");
  EXPECT_EQ(blake2b_of_file(folder / "abc"), "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
}

TEST(Sha256, IsTheSameHoweverTheBytesArePieced) {
  Sha256 hash;
  for (int piece = 0; piece < 1000; ++piece) hash.add(std::string(1000, 'a'));
  EXPECT_EQ(hash.finish(), kOfAMillionA);
}

TEST(Sha256, StartsAnewAfterFinish) {
  Sha256 hash;
  hash.add("abc");
  EXPECT_EQ(hash.finish(), kOfAbc);
  EXPECT_EQ(hash.finish(), kOfNothing);
}

TEST(Sha256OfFile, ReadsAFileLongerThanOnePiece) {
  const test::ScratchFolder folder;
  write_file_atomically(folder / "a", std::string(1'000'000, 'a'));
  EXPECT_EQ(sha256_of_file(folder / "a"), kOfAMillionA);
}

TEST(Sha256OfFile, NamesAFileThatIsMissing) {
  EXPECT_EQ(test::message_of([] { (void)sha256_of_file("/nowhere/at/all"); }),
            "cannot read /nowhere/at/all: No such file or directory");
}

TEST(Sha256OfFile, NamesAFolder) {
  const test::ScratchFolder folder;
  EXPECT_EQ(test::message_of([&] { (void)sha256_of_file(folder.path()); }),
            "cannot read " + folder.path() + ": Is a directory");
}

}  // namespace digest_tests
}  // namespace assay::host
