#include "core/host/binary/signature.hpp"

#include <gtest/gtest.h>

#include "tests/support/message_of.hpp"

namespace assay::host {
namespace signature_tests {

// RFC 8032, section 7.1, test 2. libsodium's secret key is the seed followed by the public key.
constexpr const char* kPublic = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr const char* kSecret =
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
constexpr const char* kSignature =
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";
constexpr const char* kMessage = "\x72";

TEST(Sign, GivesTheSignatureOfTheStandard) {
  EXPECT_EQ(sign(kMessage, kSecret), kSignature);
  EXPECT_TRUE(is_signed(kMessage, kSignature, kPublic));
}

TEST(Sign, RefusesWhatIsNoKey) {
  EXPECT_EQ(test::message_of([] { (void)sign("text", "abc"); }),
            "the secret key is malformed: expected 128 hexadecimal digits");
}

TEST(IsSigned, IsFalseForAnotherMessageKeyOrSignature) {
  const KeyPair pair = make_key_pair();
  const std::string signature = sign("text", pair.secret_key);
  EXPECT_TRUE(is_signed("text", signature, pair.public_key));
  EXPECT_FALSE(is_signed("texts", signature, pair.public_key));
  EXPECT_FALSE(is_signed("text", signature, make_key_pair().public_key));
  EXPECT_FALSE(is_signed("text", kSignature, pair.public_key));
  EXPECT_FALSE(is_signed("text", "", pair.public_key));
  EXPECT_FALSE(is_signed("text", signature + "00", pair.public_key));
}

}  // namespace signature_tests
}  // namespace assay::host
