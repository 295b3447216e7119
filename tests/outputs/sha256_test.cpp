#include "outputs/sha256.hpp"

#include <gtest/gtest.h>

namespace tremplin {
namespace {

// FIPS 180-4 examples, as published by NIST (SHA256.pdf) and in RFC 6234.
TEST(Sha256, GivesThePublishedHashes) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheTextIsCut) {
  const std::string text(200, 'x');
  const std::string whole = sha256(text);
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Sha256 hash;
    hash.add(std::string_view(text).substr(0, cut));
    hash.add(std::string_view(text).substr(cut));
    ASSERT_EQ(hash.finish(), whole) << "cut at " << cut;
  }
}

TEST(Sha256, CountsIntegersAsEightBytesLeastSignificantFirst) {
  const std::int64_t value = 0x6867666564636261;  // "abcdefgh"
  Sha256 hash;
  hash.add(std::span(&value, 1));
  EXPECT_EQ(hash.finish(), sha256("abcdefgh"));
}

}  // namespace
}  // namespace tremplin
