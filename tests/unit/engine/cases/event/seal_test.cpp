#include "engine/cases/event/seal.hpp"

#include <gtest/gtest.h>

namespace pintu::cases {
namespace {

const std::string kKey(32, 'k');
const CaseId kCase("0123456789abcdef0123456789abcdef");

// Frozen: a commitment that was written must open for ever.
TEST(Seal, gives_the_bytes_of_version_one) {
    const auto sealed = seal(kKey, kCase, 1, "isi", "Jalan berlubang");
    EXPECT_EQ(to_hex(bytes_of(sealed.commitment)),
              "40c0eac5dda5ce46ac8a4822a8b2e890609d8ac08fe1abdc5fbc149a26449d88");
}

TEST(Seal, opens_with_its_own_key_place_and_value_only) {
    const auto sealed = seal(kKey, kCase, 1, "isi", "Jalan berlubang");
    EXPECT_TRUE(opens(sealed, kKey, kCase, 1, "isi", "Jalan berlubang"));
    EXPECT_FALSE(opens(sealed, kKey, kCase, 1, "isi", "Jalan berlubang."));
    EXPECT_FALSE(opens(sealed, kKey, kCase, 2, "isi", "Jalan berlubang"));
    EXPECT_FALSE(opens(sealed, kKey, kCase, 1, "judul", "Jalan berlubang"));
    EXPECT_FALSE(opens(sealed, kKey, CaseId("f"), 1, "isi", "Jalan berlubang"));
    EXPECT_FALSE(opens(sealed, std::string(32, 'l'), kCase, 1, "isi", "Jalan berlubang"));
    EXPECT_FALSE(opens(sealed, "", kCase, 1, "isi", "Jalan berlubang"));
}

TEST(Sealer, keeps_what_it_seals_and_nothing_of_what_was_not_given) {
    std::vector<PersonalValue> values;
    Sealer sealer(kKey, kCase, 3, values);
    EXPECT_FALSE(sealer("judul", "").given());
    EXPECT_TRUE(sealer("isi", "x").given());
    ASSERT_EQ(values.size(), 1U);
    EXPECT_EQ(values[0].path, "isi");
    EXPECT_EQ(values[0].sequence, 3U);
    EXPECT_TRUE(
        opens(seal(kKey, kCase, 3, "isi", "x"), kKey, kCase, 3, values[0].path, values[0].value));
}

}  // namespace
}  // namespace pintu::cases
