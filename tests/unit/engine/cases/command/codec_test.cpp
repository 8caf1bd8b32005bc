#include "engine/cases/command/codec.hpp"

#include <gtest/gtest.h>

namespace pintu::cases {
namespace {

Report full_report() {
    Report report;
    report.channel = "sms";
    report.external_id = "a:1;";
    report.received_at = Instant{1'772'000'000'000'001};
    report.judul = "x\ny";
    report.isi = std::string("a\0b", 3);
    report.lat_udeg = -1;
    report.lon_udeg = 180'000'000;
    report.anonim = true;
    report.attachments = {{"a.jpg", "foto", sha256("a"), 9}};
    report.fields = {{"kelas", "ringan"}, {"", ""}};
    return report;
}

std::vector<Body> one_of_each() {
    return {ReceiveReport{full_report(), "pengaduan"},
            AcceptTransfer{CaseId("c"), TrackingId("t"), "w", 2, full_report(), AgencyCode("64")},
            Act{"verifikasi", {{"kelas", "ringan"}, {"alasan", "a=b"}}},
            Approve{},
            Refuse{"tidak"},
            FireTimers{},
            Comment{"halo"},
            AddEvidence{"foto", {"a.jpg", "foto", sha256("b"), 1}},
            ChangePrivacy{true, false, "karena"},
            Correct{"kelas", "berat", "x"},
            Redecide{"pemilik", true},
            Rate{5, "bagus"},
            Link{CaseId("o"), "similar"},
            Support{CaseId("o")},
            MergeInto{CaseId("p")},
            RecordEffect{EffectKey("k"), false, "mati"},
            RecalculateClocks{},
            Migrate{BundleHash("sha256:1")},
            Erase{"minta"},
            NoteReading{"tugas"}};
}

TEST(CommandCodec, gives_back_every_kind_of_command) {
    const auto bodies = one_of_each();
    ASSERT_EQ(bodies.size(), std::variant_size_v<Body>);
    for (std::size_t i = 0; i < bodies.size(); ++i) {
        ASSERT_EQ(bodies[i].index(), i);
        const Command command{
            CommandId("id"), CaseId("case"), {Actor::Kind::person, "p-1"}, bodies[i]};
        const std::string bytes = encode(command);
        const auto back = decode(bytes);
        ASSERT_TRUE(back.has_value()) << i;
        EXPECT_EQ(encode(*back), bytes) << i;
        EXPECT_EQ(back->id, command.id);
        EXPECT_EQ(back->case_id, command.case_id);
        EXPECT_EQ(back->actor, command.actor);
    }
    const auto received = decode(encode({CommandId(), CaseId(), {}, bodies[0]}));
    EXPECT_EQ(std::get<ReceiveReport>(received->body).report, full_report());
}

TEST(CommandCodec, refuses_every_cut_and_reads_past_no_end) {
    for (const auto& body : one_of_each()) {
        const std::string bytes = encode({CommandId("id"), CaseId("case"), {}, body});
        for (std::size_t size = 0; size < bytes.size(); ++size)
            ASSERT_FALSE(decode(std::string_view(bytes).substr(0, size)).has_value());
        ASSERT_FALSE(decode(bytes + "x").has_value());
    }
}

TEST(CommandCodec, refuses_numbers_and_lengths_that_cannot_be) {
    const std::string head = "pintu command 1\n";
    for (const auto* tail : {"", "99999999999999999999:", "-1:", "9223372036854775807:abc",
                             "1:a1:b0;0:99;", "1:a1:b9;0:3;", "1:a1:b0;0:0;9999999999;"}) {
        const auto decoded = decode(head + tail);
        ASSERT_FALSE(decoded.has_value()) << tail;
        EXPECT_EQ(decoded.error().code, "CS090");
    }
}

}  // namespace
}  // namespace pintu::cases
