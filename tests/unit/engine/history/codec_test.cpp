#include "engine/history/codec.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>

#include "tests/support/files.hpp"
#include "tests/support/sample_events.hpp"

namespace pintu::history {
namespace {

using cases::Event;
using testing::filled_payloads;
using testing::sample_case;
using testing::sample_event;

const std::string kFixtures = std::string(PINTU_SOURCE_DIR) + "/tests/replay/";

std::vector<Event> filled_events() {
    std::vector<Event> events;
    std::uint32_t sequence = 0;
    for (auto& payload : filled_payloads()) {
        const Digest previous = sequence == 0 ? Digest{} : sha256("previous");
        ++sequence;
        events.push_back(sample_event(sample_case("kasus"), sequence, std::move(payload),
                                      {1'773'365'400'000'000LL + sequence}, previous));
    }
    return events;
}

std::string type_of(const Event& event) {
    return std::visit([](const auto& p) { return std::string(std::decay_t<decltype(p)>::kType); },
                      event.payload);
}

template <std::size_t I = 0>
void empty_payloads(std::vector<cases::Payload>& all) {
    if constexpr (I < std::variant_size_v<cases::Payload>) {
        all.emplace_back(std::in_place_index<I>);
        empty_payloads<I + 1>(all);
    }
}

TEST(Codec, gives_back_every_payload_full_of_values) {
    for (const auto& event : filled_events()) {
        const auto back = decode(encode(event));
        ASSERT_TRUE(back) << type_of(event) << " " << back.error().code;
        EXPECT_EQ(*back, event) << type_of(event);
    }
}

TEST(Codec, gives_back_every_payload_without_values) {
    std::vector<cases::Payload> payloads;
    empty_payloads(payloads);
    for (const auto& payload : payloads) {
        Event event;
        event.payload = payload;
        const auto back = decode(encode(event));
        ASSERT_TRUE(back) << type_of(event);
        EXPECT_EQ(*back, event) << type_of(event);
    }
}

TEST(Codec, keeps_extreme_numbers_and_odd_identifiers) {
    Event event;
    event.case_id = CaseId("ABCDEF0123456789abcdef0123456789");  // upper case: not hex of ours
    event.pinned = BundleHash("sha256:zz");
    event.current = BundleHash("md5");
    event.at = {std::numeric_limits<std::int64_t>::min()};
    event.sequence = std::numeric_limits<std::uint32_t>::max();
    cases::Received received;
    received.lat_udeg = std::numeric_limits<std::int32_t>::min();
    received.lon_udeg = std::numeric_limits<std::int32_t>::max();
    received.external_id = std::string("\0\xff\n", 3);
    received.received_at = {std::numeric_limits<std::int64_t>::max()};
    event.payload = received;
    const auto back = decode(encode(event));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, event);
}

// The frozen format: a change here is a new format version, never a new expectation.
TEST(Codec, writes_the_bytes_that_were_shipped) {
    const std::string path = kFixtures + "events-v1.txt";
    std::string all;
    for (const auto& event : filled_events()) {
        const auto bytes = encode(event);
        all +=
            type_of(event) + " " + to_hex(bytes) + " " + to_hex(bytes_of(leaf_hash(bytes))) + "\n";
    }
    if (std::getenv("PINTU_REWRITE") != nullptr) testing::write_file(path, all);
    std::istringstream actual(all);
    std::istringstream shipped(testing::read_file(path));
    std::string line;
    for (std::string expected; std::getline(shipped, expected);) {
        std::getline(actual, line);
        EXPECT_EQ(line, expected);
    }
    EXPECT_FALSE(std::getline(actual, line)) << line;
}

TEST(Codec, reads_the_bytes_that_were_shipped) {
    std::istringstream lines(testing::read_file(kFixtures + "events-v1.txt"));
    const auto events = filled_events();
    std::size_t count = 0;
    for (std::string type, hex, leaf; lines >> type >> hex >> leaf; ++count) {
        ASSERT_LT(count, events.size());
        const auto bytes = from_hex(hex);
        ASSERT_TRUE(bytes) << type;
        EXPECT_EQ(to_hex(bytes_of(leaf_hash(*bytes))), leaf) << type;
        const auto event = decode(*bytes);
        ASSERT_TRUE(event) << type;
        EXPECT_EQ(*event, events[count]) << type;
    }
    EXPECT_EQ(count, events.size());
}

// tests/replay/rejected-v1.txt: a code, the bytes in hex, then what is wrong with them.
TEST(Codec, refuses_every_negative_vector) {
    std::istringstream lines(testing::read_file(kFixtures + "rejected-v1.txt"));
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        std::istringstream words(line);
        std::string code, hex, why;
        words >> code >> hex;
        std::getline(words, why);
        const auto bytes = from_hex(hex == "-" ? "" : hex);
        ASSERT_TRUE(bytes) << line;
        const auto event = decode(*bytes);
        ASSERT_FALSE(event) << why;
        EXPECT_EQ(event.error().code, code) << why;
    }
    EXPECT_GT(count, 15U);
}

TEST(Codec, refuses_every_event_that_is_cut_off) {
    for (const auto& event : filled_events()) {
        const auto bytes = encode(event);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            EXPECT_FALSE(decode(std::string_view(bytes).substr(0, size))) << type_of(event);
        }
        EXPECT_FALSE(decode(bytes + '\0')) << type_of(event);
    }
}

// What a flipped bit leaves readable must be another event, written in the only way: then its leaf
// differs, and nothing can be changed without changing the leaf.
TEST(Codec, accepts_no_second_form_of_any_event) {
    for (const auto& event : filled_events()) {
        std::string bytes = encode(event);
        for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
            bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
            if (const auto read = decode(bytes)) {
                EXPECT_EQ(encode(*read), bytes) << type_of(event) << " bit " << bit;
                EXPECT_NE(*read, event) << type_of(event) << " bit " << bit;
            }
            bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << (bit % 8)));
        }
    }
}

TEST(Codec, refuses_what_is_too_large) {
    const auto event = decode(std::string(kMaxEventBytes + 1, '\1'));
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().code, "HI006");
}

TEST(Codec, does_not_believe_a_count_that_the_bytes_cannot_hold) {
    Event event;
    cases::ClockFired fired;
    event.payload = fired;
    std::string bytes = encode(event);
    // The last two are the count of persons and `notified`: claim 2^63 persons.
    bytes.resize(bytes.size() - 2);
    bytes += "\xff\xff\xff\xff\xff\xff\xff\xff\x7f\x01";
    const auto read = decode(bytes);
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, "HI001");
}

TEST(Leaf, is_the_hash_of_rfc_6962) {
    EXPECT_EQ(to_hex(bytes_of(leaf_hash(""))),
              "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

}  // namespace
}  // namespace pintu::history
