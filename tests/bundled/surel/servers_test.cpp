// The plugin in its sandbox against a real Dovecot and a real SMTP server.
#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "guest.hpp"
#include "letter.hpp"
#include "mail_servers.hpp"
#include "tests/support/files.hpp"

namespace pintu::testing {
namespace {

namespace json = boost::json;

constexpr const char* kTracking = "0000-0000-0000";

std::string mail(const std::string& id, const std::string& text, const std::string& more = "") {
    return "From: Siti <siti@contoh.example>\nTo: lapor@contoh.go.id\nSubject: Jalan\n" + more +
           "Message-ID: <" + id + ">\n\n" + text + "\n";
}

class Surel : public ::testing::Test {
  protected:
    void SetUp() override {
        if (servers_.missing()) GTEST_SKIP() << "no Dovecot or no aiosmtpd here";
        g_mime_init();
        config_ = {{"address", "lapor@contoh.go.id"},
                   {"imap_host", "localhost"},
                   {"imap_port", std::to_string(servers_.imaps())},
                   {"imap_user", "lapor"},
                   {"smtp_host", "localhost"},
                   {"smtp_port", std::to_string(servers_.smtp())},
                   {"smtp_user", "lapor"},
                   {"ca_file", servers_.folder() + "/cert.pem"}};
    }

    std::unique_ptr<BundledGuest> start(plugins::Kind kind = plugins::Kind::channel) {
        BundledGuest::Settings settings;
        settings.name = "surel";
        settings.kind = kind;
        settings.config = config_;
        settings.secrets = {{"imap_password", password_}, {"smtp_password", password_}};
        settings.folder = servers_.folder() + "/plugin";
        return std::make_unique<BundledGuest>(settings);
    }

    static json::array poll(BundledGuest& guest, int limit = 100) {
        const std::string answer =
            guest.call("channel.poll", "{\"limit\":" + std::to_string(limit) + "}");
        boost::system::error_code error;
        const json::value document = json::parse(answer, error);
        if (error || !document.is_object()) {
            ADD_FAILURE() << answer;
            return {};
        }
        return document.at("reports").as_array();
    }

    static std::string taken(BundledGuest& guest, const json::array& reports,
                             const std::string& status) {
        json::array answers;
        for (const auto& report : reports)
            answers.push_back(json::object{{"external_id", report.at("external_id")},
                                           {"status", status},
                                           {"tracking_id", kTracking},
                                           {"errors", json::array{}}});
        return guest.call("channel.taken", json::serialize(json::object{{"answers", answers}}));
    }

    static std::string message(const std::string& key, const std::string& to) {
        return json::serialize(json::object{
            {"key", key},
            {"attempt", 1},
            {"agency", "64.09"},
            {"case", "64.09-1"},
            {"tracking_id", kTracking},
            {"channel", "surel"},
            {"kind", "acknowledge"},
            {"template", "laporan_diterima"},
            {"at", "2026-03-13T01:30:00Z"},
            {"language", "id"},
            {"subject", "Laporan diterima"},
            {"text", "Terima kasih."},
            {"to", json::object{
                       {"external_id", "m-1@contoh.example"}, {"name", "Siti"}, {"email", to}}}});
    }

    MailServers servers_;
    std::map<std::string, std::string> config_;
    std::string password_ = "rahasia";
};

TEST_F(Surel, takes_a_letter_as_a_report_and_moves_it_when_it_was_taken) {
    servers_.deliver(mail("m-1@contoh.example", "Jalan berlubang."));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].at("channel"), "surel");
    EXPECT_EQ(reports[0].at("external_id"), "m-1@contoh.example");
    EXPECT_EQ(reports[0].at("isi"), "Jalan berlubang.");
    EXPECT_EQ(reports[0].at("reporter").at("email"), "siti@contoh.example");
    EXPECT_EQ(poll(*guest), reports) << "given again until it is taken";
    EXPECT_EQ(servers_.letters("lapor", "").size(), 1U);
    EXPECT_EQ(taken(*guest, reports, "accepted"), "{}");
    EXPECT_EQ(servers_.letters("lapor", "").size(), 0U);
    EXPECT_EQ(servers_.letters("lapor", "Selesai").size(), 1U);
    EXPECT_TRUE(servers_.all_seen("Selesai"));
    EXPECT_TRUE(poll(*guest).empty());
}

TEST_F(Surel, gives_a_letter_again_after_a_crash_between_store_and_settlement) {
    servers_.deliver(mail("m-1@contoh.example", "Jalan berlubang."));
    const auto guest = start();
    const auto reports = poll(*guest);
    guest->crash();
    EXPECT_EQ(taken(*guest, reports, "accepted"), "{}") << "it knows nothing of it any more";
    EXPECT_EQ(poll(*guest), reports);
    EXPECT_EQ(taken(*guest, reports, "repeated"), "{}");
    EXPECT_EQ(servers_.letters("lapor", "Selesai").size(), 1U);
}

TEST_F(Surel, moves_what_was_rejected_elsewhere) {
    servers_.deliver(mail("m-1@contoh.example", "Jalan berlubang."));
    const auto guest = start();
    taken(*guest, poll(*guest), "rejected");
    EXPECT_EQ(servers_.letters("lapor", "Ditolak").size(), 1U);
}

TEST_F(Surel, gives_two_different_letters_of_one_name_one_after_the_other) {
    servers_.deliver(mail("m-1@contoh.example", "Jalan berlubang."));
    servers_.deliver(mail("m-1@contoh.example", "Lampu mati."));
    const auto guest = start();
    const auto first = poll(*guest);
    ASSERT_EQ(first.size(), 1U);
    taken(*guest, first, "accepted");
    const auto second = poll(*guest);
    ASSERT_EQ(second.size(), 1U);
    taken(*guest, second, "conflict");
    const auto renamed = poll(*guest);
    ASSERT_EQ(renamed.size(), 1U);
    EXPECT_EQ(renamed[0].at("isi"), "Lampu mati.");
    EXPECT_EQ(std::string(renamed[0].at("external_id").as_string()).substr(0, 19),
              "m-1@contoh.example+");
    taken(*guest, renamed, "accepted");
    EXPECT_EQ(servers_.letters("lapor", "Selesai").size(), 2U);
}

TEST_F(Surel, lays_machines_and_loops_aside_and_answers_none) {
    const std::string mails = std::string(PINTU_SOURCE_DIR) + "/tests/bundled/surel/mails/";
    for (const char* name :
         {"jawab-otomatis", "pantulan", "massal", "milis", "tekan-jawaban", "diri-sendiri"})
        servers_.deliver(read_file(mails + name + ".eml"));
    servers_.deliver(read_file(mails + "kosong.eml"));
    const auto guest = start();
    EXPECT_TRUE(poll(*guest).empty());
    EXPECT_EQ(servers_.letters("lapor", "Otomatis").size(), 6U);
    EXPECT_EQ(servers_.letters("lapor", "Ditolak").size(), 1U);
    EXPECT_EQ(guest->log().find("contoh.example"), std::string::npos) << guest->log();
}

TEST_F(Surel, lays_aside_whoever_writes_too_often) {
    config_["per_sender_hour"] = "3";
    for (int i = 0; i < 5; ++i)
        servers_.deliver(mail(std::to_string(i) + "@contoh.example", "Lagi."));
    const auto guest = start();
    EXPECT_EQ(poll(*guest).size(), 3U);
    EXPECT_EQ(poll(*guest).size(), 3U);
    EXPECT_EQ(servers_.letters("lapor", "Otomatis").size(), 2U);
}

TEST_F(Surel, puts_attachments_into_its_spool_until_they_are_taken) {
    servers_.deliver(
        read_file(std::string(PINTU_SOURCE_DIR) + "/tests/bundled/surel/mails/lampiran.eml"));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    const auto& files = reports[0].at("attachments").as_array();
    ASSERT_EQ(files.size(), 3U);
    EXPECT_EQ(files[1].at("name"), "b\xc3\xbckti .jpg");
    const std::string path(files[1].at("path").as_string());
    EXPECT_EQ(path.rfind(guest->spool(), 0), 0U) << path;
    EXPECT_EQ(read_file(path), "halo");
    taken(*guest, reports, "accepted");
    EXPECT_TRUE(std::filesystem::is_empty(guest->spool()));
}

TEST_F(Surel, reads_the_front_of_a_letter_that_is_too_large) {
    config_["message_mb"] = "1";
    servers_.deliver(
        mail("besar@contoh.example", std::string(3'000'000, 'x'), "Content-Type: text/plain\n"));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_NE(std::string(reports[0].at("fields").at("catatan_surel").as_string())
                  .find("melebihi batas ukuran"),
              std::string::npos);
}

TEST_F(Surel, takes_a_reply_as_a_report_that_names_the_earlier_one) {
    servers_.deliver(
        read_file(std::string(PINTU_SOURCE_DIR) + "/tests/bundled/surel/mails/balasan.eml"));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].at("fields").at("balasan_untuk"), kTracking);
}

TEST_F(Surel, reads_by_starttls_and_in_the_clear_from_this_machine) {
    servers_.deliver(mail("m-1@contoh.example", "Jalan berlubang."));
    config_["imap_port"] = std::to_string(servers_.imap());
    for (const char* security : {"starttls", "none"}) {
        config_["imap_security"] = security;
        const auto guest = start();
        EXPECT_EQ(poll(*guest).size(), 1U) << security;
    }
}

TEST_F(Surel, says_what_is_wrong_with_the_server_and_goes_on_when_it_is_mended) {
    config_["ca_file"] = "/etc/ssl/certs/ca-certificates.crt";
    EXPECT_NE(start()->call("channel.poll", "{}").find("sertifikat yang tidak dipercaya"),
              std::string::npos);
    config_["ca_file"] = servers_.folder() + "/cert.pem";
    password_ = "salah";
    EXPECT_NE(start()->call("channel.poll", "{}").find("menolak nama atau kata sandi"),
              std::string::npos);
    password_ = "rahasia";
    config_["inbox"] = "TidakAda";
    EXPECT_NE(start()->call("channel.poll", "{}").find("tidak punya folder TidakAda"),
              std::string::npos);
    config_["inbox"] = "INBOX";
    EXPECT_TRUE(poll(*start()).empty());
}

TEST_F(Surel, does_not_read_again_what_killed_it) {
    servers_.deliver(
        read_file(std::string(PINTU_SOURCE_DIR) + "/tests/bundled/surel/mails/lampiran.eml"));
    const auto guest = start();
    const auto reports = poll(*guest);
    ASSERT_EQ(reports.size(), 1U);
    const std::string path(reports[0].at("attachments").at(0).at("path").as_string());
    const std::string place = path.substr(path.rfind("surat-") + 6);  // VALIDITY-UID-0
    const auto dash = place.find('-');
    // As its state is where it died while it read that letter.
    plugins::State state(servers_.folder() + "/plugin/state");
    state.put("membaca",
              place.substr(0, dash) + "/" + place.substr(dash + 1, place.rfind('-') - dash - 1));
    guest->crash();
    const auto again = poll(*guest);
    ASSERT_EQ(again.size(), 1U);
    EXPECT_EQ(again[0].at("judul"), "Surat yang tidak dapat dibaca");
    EXPECT_EQ(taken(*guest, again, "accepted"), "{}");
    EXPECT_EQ(servers_.letters("lapor", "Selesai").size(), 1U);
}

TEST_F(Surel, sends_a_letter_once_however_often_it_is_asked_to) {
    const auto guest = start(plugins::Kind::connector);
    EXPECT_EQ(guest->call("connector.send", message("k-1", "siti@contoh.example")), "{}");
    EXPECT_EQ(guest->call("connector.send", message("k-1", "siti@contoh.example")), "{}");
    guest->crash();
    EXPECT_EQ(guest->call("connector.send", message("k-1", "siti@contoh.example")), "{}");
    const auto letters = servers_.letters("siti", "");
    ASSERT_EQ(letters.size(), 1U);
    const auto letter = surel::read_letter(letters[0], {20}, false);
    EXPECT_EQ(letter.subject, "Laporan diterima [0000-0000-0000]");
    EXPECT_EQ(letter.text, "Terima kasih.");
    EXPECT_EQ(letter.answered.at(0), "m-1@contoh.example");
}

TEST_F(Surel, sends_by_tls_from_the_first_byte_too) {
    config_["smtp_port"] = std::to_string(servers_.smtps());
    config_["smtp_security"] = "tls";
    const auto guest = start(plugins::Kind::connector);
    EXPECT_EQ(guest->call("connector.send", message("k-1", "siti@contoh.example")), "{}");
    EXPECT_EQ(servers_.letters("siti", "").size(), 1U);
}

TEST_F(Surel, tells_what_will_never_go_from_what_may_go_later) {
    const auto guest = start(plugins::Kind::connector);
    const auto send = [&](const std::string& to) {
        return guest->call("connector.send", message("k-" + to, to));
    };
    EXPECT_EQ(send("tolak@contoh.example"), "refused: server surat menolak penerima (550 5.1.1)");
    EXPECT_EQ(send("nanti@contoh.example").substr(0, 6), "later:");
    EXPECT_EQ(send(""), "refused: penerima tidak punya alamat surel");
    EXPECT_EQ(send("siti@contoh.example\r\nRCPT TO:<b@c.d>").substr(0, 8), "refused:");
    EXPECT_EQ(send("lapor+x@contoh.go.id"), "refused: penerima adalah alamat kita sendiri");
    password_ = "salah";
    EXPECT_EQ(start(plugins::Kind::connector)
                  ->call("connector.send", message("k", "siti@contoh.example"))
                  .substr(0, 6),
              "later:");
}

TEST_F(Surel, is_answered_by_a_reply_that_finds_its_report) {
    const auto connector = start(plugins::Kind::connector);
    connector->call("connector.send", message("k-1", "siti@contoh.example"));
    const std::string letter = servers_.letters("siti", "").at(0);
    const auto at = letter.find("Message-ID: <") + 13;
    const std::string id = letter.substr(at, letter.find('>', at) - at);
    servers_.deliver(mail("jawab@contoh.example", "Ini fotonya.", "In-Reply-To: <" + id + ">\n"));
    const auto channel = start();
    const auto reports = poll(*channel);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].at("fields").at("balasan_untuk"), kTracking);
}

TEST(SurelOldServer, without_move_copies_and_deletes) {
    MailServers servers("IMAP4rev1 UIDPLUS AUTH=PLAIN");
    if (servers.missing()) GTEST_SKIP();
    servers.deliver(mail("m-1@contoh.example", "Jalan."));
    BundledGuest::Settings settings;
    settings.name = "surel";
    settings.config = {{"address", "lapor@contoh.go.id"},
                       {"imap_host", "127.0.0.1"},
                       {"imap_port", std::to_string(servers.imaps())},
                       {"imap_user", "lapor"},
                       {"smtp_host", "127.0.0.1"},
                       {"ca_file", servers.folder() + "/cert.pem"}};
    settings.secrets = {{"imap_password", "rahasia"}};
    settings.folder = servers.folder() + "/plugin";
    BundledGuest guest(settings);
    EXPECT_NE(guest.call("channel.poll", "{\"limit\":9}").find("m-1@contoh"), std::string::npos);
    guest.call("channel.taken",
               R"({"answers":[{"external_id":"m-1@contoh.example","status":"accepted"}]})");
    EXPECT_EQ(servers.letters("lapor", "").size(), 0U);
    EXPECT_EQ(servers.letters("lapor", "Selesai").size(), 1U);
}

}  // namespace
}  // namespace pintu::testing
