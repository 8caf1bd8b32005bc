// The plugin in its sandbox beside a real gammu-smsd with a dummy phone.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>

#include "guest.hpp"
#include "smsd.hpp"

namespace pintu::testing {
namespace {

namespace json = boost::json;

constexpr const char* kSender = "+628120000001";

class Sms : public ::testing::Test {
  protected:
    void SetUp() override {
        if (smsd_.missing()) GTEST_SKIP() << "no gammu-smsd here";
        config_ = {{"folder", smsd_.folder()}, {"time_zone", "+00:00"}, {"look_seconds", "3600"}};
    }

    std::unique_ptr<BundledGuest> start(plugins::Kind kind = plugins::Kind::channel) {
        BundledGuest::Settings settings;
        settings.name = "sms";
        settings.kind = kind;
        settings.config = config_;
        settings.folder = smsd_.folder() + "/plugin";
        settings.now = [this] { return now_; };
        return std::make_unique<BundledGuest>(settings);
    }

    static json::array poll(BundledGuest& guest) {
        const std::string answer = guest.call("channel.poll", "{\"limit\":100}");
        boost::system::error_code error;
        const json::value document = json::parse(answer, error);
        if (error || !document.is_object()) {
            ADD_FAILURE() << answer;
            return {};
        }
        return document.at("reports").as_array();
    }

    static std::string taken(BundledGuest& guest, const json::array& reports) {
        json::array answers;
        for (const auto& report : reports)
            answers.push_back(json::object{{"external_id", report.at("external_id")},
                                           {"status", "accepted"},
                                           {"tracking_id", "0000-0000-0000"}});
        return guest.call("channel.taken", json::serialize(json::object{{"answers", answers}}));
    }

    static std::string message(const std::string& key, const std::string& to,
                               const std::string& text) {
        return json::serialize(json::object{{"key", key},
                                            {"tracking_id", "0000-0000-0000"},
                                            {"channel", "sms"},
                                            {"at", "2026-03-13T01:30:00Z"},
                                            {"text", text},
                                            {"to", json::object{{"phone", to}}}});
    }

    // smsd has taken so many pieces from the phone.
    bool arrived(const std::string& pieces) {
        return smsd_.until([&] {
            return smsd_.rows("SELECT count(*) FROM inbox") == std::vector<std::string>{pieces};
        });
    }

    std::string unprocessed() const {
        return smsd_.rows("SELECT count(*) FROM inbox WHERE Processed = 'false'").at(0);
    }

    Smsd smsd_;
    std::map<std::string, std::string> config_;
    Instant now_{std::chrono::duration_cast<std::chrono::microseconds>(
                     std::chrono::system_clock::now().time_since_epoch())
                     .count()};
};

std::string long_text() {
    std::string text;
    for (int i = 0; i < 60; ++i) text += "lubang ke-" + std::to_string(i) + " ";
    return text + "habis";
}

TEST_F(Sms, becomes_a_report_and_is_processed_once_it_is_taken) {
    smsd_.receive(kSender, "Jalan berlubang di depan SD 012");
    smsd_.start();
    ASSERT_TRUE(arrived("1"));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].at("channel"), "sms");
    EXPECT_EQ(reports[0].at("isi"), "Jalan berlubang di depan SD 012");
    EXPECT_EQ(reports[0].at("reporter").at("phone"), kSender);
    EXPECT_EQ(std::string(reports[0].at("external_id").as_string()).find("62812"),
              std::string::npos);
    EXPECT_EQ(poll(*guest), reports);
    EXPECT_EQ(unprocessed(), "1");
    guest->crash();
    EXPECT_EQ(poll(*guest), reports) << "as before the crash";
    EXPECT_EQ(taken(*guest, reports), "{}");
    EXPECT_EQ(unprocessed(), "0");
    EXPECT_TRUE(poll(*guest).empty());
}

TEST_F(Sms, of_many_pieces_is_joined_in_order_though_they_came_out_of_order) {
    auto pieces = smsd_.receive(kSender, long_text());
    ASSERT_GE(pieces.size(), 3U);
    const std::string spare = pieces[0] + "x";
    std::filesystem::rename(pieces[0], spare);  // the last piece is the first in the phone
    std::filesystem::rename(pieces.back(), pieces[0]);
    std::filesystem::rename(spare, pieces.back());
    smsd_.start();
    ASSERT_TRUE(arrived(std::to_string(pieces.size())));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].at("isi"), json::value(long_text()));
    taken(*guest, reports);
    EXPECT_EQ(unprocessed(), "0");
}

TEST_F(Sms, waits_for_a_piece_and_then_says_that_it_is_missing) {
    auto pieces = smsd_.receive(kSender, long_text());
    ASSERT_GE(pieces.size(), 3U);
    const std::string kept = smsd_.folder() + "/kept";
    std::filesystem::rename(pieces[1], kept);
    smsd_.start();
    ASSERT_TRUE(arrived(std::to_string(pieces.size() - 1)));
    const auto guest = start();
    EXPECT_TRUE(poll(*guest).empty());
    now_ = plus_seconds(now_, 29 * 60);
    EXPECT_TRUE(poll(*guest).empty());
    guest->crash();
    now_ = plus_seconds(now_, 2 * 60);
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].at("fields").at("catatan_sms"),
              json::value("bagian 2 dari " + std::to_string(pieces.size()) + " tidak sampai"));
    // What comes too late changes nothing of what was given.
    std::filesystem::rename(kept, pieces[1]);
    ASSERT_TRUE(arrived(std::to_string(pieces.size())));
    guest->crash();
    EXPECT_EQ(poll(*guest), reports);
    taken(*guest, reports);
    EXPECT_EQ(unprocessed(), "1");
    now_ = plus_seconds(now_, 31 * 60);
    EXPECT_EQ(poll(*guest).size(), 1U) << "what came late is a report of its own";
}

TEST_F(Sms, is_seen_at_once_by_the_mark_that_runonreceive_leaves) {
    const auto guest = start();
    EXPECT_TRUE(poll(*guest).empty());
    smsd_.receive(kSender, "Lampu mati");
    smsd_.start();
    ASSERT_TRUE(smsd_.until([&] {
        return std::filesystem::exists(smsd_.folder() + "/masuk") &&
               !std::filesystem::is_empty(smsd_.folder() + "/masuk");
    }));
    EXPECT_EQ(poll(*guest).size(), 1U);
    EXPECT_TRUE(std::filesystem::is_empty(smsd_.folder() + "/masuk"));
}

TEST_F(Sms, mark_takes_milliseconds) {
    const std::string command = "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do " +
                                std::string(PINTU_PLUGINS) + "/sms/terima-sms " + smsd_.folder() +
                                " $i; done";
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(std::system(command.c_str()), 0);
    const auto ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin)
            .count() /
        20;
    std::printf("terima-sms: %.1f ms\n", ms);
    EXPECT_LT(ms, 100);
    std::size_t marks = 0;
    for (const auto& entry : std::filesystem::directory_iterator(smsd_.folder() + "/masuk"))
        marks += entry.is_regular_file() ? 1 : 0;
    EXPECT_EQ(marks, 20U);
}

TEST_F(Sms, from_machines_or_too_often_is_set_aside_and_kept) {
    config_["per_sender_hour"] = "2";
    smsd_.run(
        "INSERT INTO inbox (Text, SenderNumber, UDH, TextDecoded, RecipientID, Coding) VALUES "
        "('', 'TELKOMSEL', '', 'Promo', '', 'Default_No_Compression'),"
        "('', '+628120000009', '', '', '', '8bit'),"
        "('', '+628120000002', '', 'satu', '', 'Default_No_Compression'),"
        "('', '+628120000002', '', 'dua', '', 'Default_No_Compression'),"
        "('', '+628120000002', '', 'tiga', '', 'Default_No_Compression')");
    const auto guest = start();
    EXPECT_EQ(poll(*guest).size(), 2U);
    EXPECT_EQ(smsd_.rows("SELECT sebab FROM pintu_disisihkan ORDER BY ID"),
              (std::vector<std::string>{"bukan dari nomor orang", "bukan teks",
                                        "terlalu banyak dari satu nomor dalam satu jam"}));
    EXPECT_EQ(guest->log().find("62812"), std::string::npos);
}

TEST_F(Sms, answer_goes_out_once_through_the_phone) {
    const auto guest = start(plugins::Kind::connector);
    const std::string text = "Laporan 7H3K diterima. " + long_text();
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(guest->call("connector.send", message("k-1", "0812-0000-0001", text)), "{}");
    EXPECT_EQ(smsd_.rows("SELECT count(*) FROM outbox").at(0), "1");
    smsd_.start();
    ASSERT_TRUE(
        smsd_.until([&] { return smsd_.rows("SELECT count(*) FROM outbox").at(0) == "0"; }));
    EXPECT_EQ(guest->call("connector.send", message("k-1", "0812-0000-0001", text)), "{}");
    EXPECT_EQ(smsd_.rows("SELECT count(*) FROM outbox").at(0), "0");
    const auto sent = smsd_.rows(
        "SELECT TextDecoded FROM sentitems WHERE Status LIKE 'SendingOK%' ORDER BY "
        "SequencePosition");
    std::string joined;
    for (const auto& each : sent) joined += each;
    EXPECT_EQ(joined, text);
    EXPECT_GT(sent.size(), 4U);
    EXPECT_EQ(smsd_.rows("SELECT DISTINCT DestinationNumber FROM sentitems").at(0), "081200000001");
}

TEST_F(Sms, answer_to_no_number_is_refused) {
    const auto guest = start(plugins::Kind::connector);
    EXPECT_EQ(guest->call("connector.send", message("k-1", "TELKOMSEL", "x")),
              "refused: penerima tidak punya nomor telepon");
    EXPECT_EQ(guest->call("connector.send", message("k-2", "", "x")).substr(0, 8), "refused:");
}

TEST_F(Sms, without_its_database_is_tried_again_later) {
    config_["database"] = "tidak-ada.db";
    const auto guest = start();
    EXPECT_EQ(guest->call("channel.poll", "{}").substr(0, 6), "later:");
    config_["database"] = "text";
    std::filesystem::copy_file("/bin/true", smsd_.folder() + "/text");
    EXPECT_EQ(start()->call("channel.poll", "{}").substr(0, 7), "failed:");
}

}  // namespace
}  // namespace pintu::testing
