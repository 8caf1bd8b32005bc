// The C++ over the contract, as a host sees it: built by this compiler and by another.
#include <gtest/gtest.h>

#include <filesystem>

#include "plugins/sdk/plugin.hpp"
#include "tests/abi/bare_host.hpp"

namespace pintu::testing {
namespace {

std::string question(const std::string& fact, const std::string& isi = "") {
    return boost::json::serialize(
        boost::json::object{{"fact", fact}, {"arguments", boost::json::object{{"isi", isi}}}});
}

class Sdk : public ::testing::TestWithParam<const char*> {
  protected:
    void SetUp() override {
        const std::string file = folder() + "/libpelempar.so";
        if (!std::filesystem::exists(file)) GTEST_SKIP() << "no other compiler here";
        plugin_ = std::make_unique<BarePlugin>(file, world_);
        ASSERT_EQ(plugin_->problem(), "");
    }
    static std::string folder() { return std::string(PINTU_ABI_FOLDER "/") + GetParam(); }

    World world_;
    std::unique_ptr<BarePlugin> plugin_;
};
INSTANTIATE_TEST_SUITE_P(Compilers, Sdk, ::testing::Values("pelempar/pelempar", "foreign"),
                         [](const auto& one) { return one.index == 0 ? "own" : "other"; });

TEST_P(Sdk, what_it_can_do_is_told_by_its_functions) {
    EXPECT_EQ(std::string(plugin_->plugin().name.data, plugin_->plugin().name.size), "pelempar");
    ASSERT_EQ(plugin_->start().status, PINTU_OK);
    EXPECT_TRUE(plugin_->has(PINTU_FACT_1));
    EXPECT_TRUE(plugin_->has(PINTU_CONNECTOR_1));
    EXPECT_TRUE(plugin_->has(PINTU_HTTP_HANDLER_1));
    EXPECT_TRUE(plugin_->has(PINTU_EVIDENCE_1));
    EXPECT_FALSE(plugin_->has(PINTU_CHANNEL_1));
}

TEST_P(Sdk, nothing_that_is_thrown_gets_out) {
    ASSERT_EQ(plugin_->start().status, PINTU_OK);
    const Said words = plugin_->call("fact.answer", question("kata"));
    EXPECT_EQ(words.status, PINTU_FAILED);
    EXPECT_EQ(words.document, "dengan kata");
    EXPECT_EQ(plugin_->call("fact.answer", question("angka")).status, PINTU_FAILED);
    EXPECT_EQ(plugin_->call("fact.answer", question("memori")).status, PINTU_FAILED);
    EXPECT_EQ(plugin_->call("fact.answer", question("gema", "ya")).document, R"({"value":"ya"})");
}

TEST_P(Sdk, a_constructor_that_throws_is_a_start_that_failed) {
    world_.config = R"({"gagal":true})";
    const Said said = plugin_->start();
    EXPECT_EQ(said.status, PINTU_FAILED);
    EXPECT_EQ(said.document, "tidak mau mulai");
}

TEST_P(Sdk, failures_keep_their_status_and_their_words) {
    ASSERT_EQ(plugin_->start().status, PINTU_OK);
    const Said later = plugin_->call("fact.answer", question("nanti"));
    EXPECT_EQ(later.status, PINTU_LATER);
    EXPECT_EQ(later.document, "sebentar lagi");
    EXPECT_EQ(plugin_->call("connector.send", R"({"key":"1"})").status, PINTU_REFUSED);
    EXPECT_EQ(plugin_->call("connector.send", R"({"key":"1","text":"a"})").document, "{}");
    EXPECT_EQ(plugin_->call("evidence.inspect", "").document, "kosong");
}

TEST_P(Sdk, what_is_no_document_fails_and_harms_nothing) {
    ASSERT_EQ(plugin_->start().status, PINTU_OK);
    for (const std::string bad : {"", "[1]", "{", "\xff\xfe", "nu"})
        EXPECT_EQ(plugin_->call("fact.answer", bad).status, PINTU_FAILED) << bad;
    EXPECT_EQ(plugin_->call("fact.answer", std::string(100'000, '[')).status, PINTU_FAILED);
    EXPECT_EQ(plugin_->call("fact.answer", R"({"fact":7,"arguments":[]})").document,
              R"({"value":""})");
}

TEST_P(Sdk, unicode_and_large_documents_pass) {
    ASSERT_EQ(plugin_->start().status, PINTU_OK);
    const std::string text = "Jalan “berlubang” di Sanga-Sanga 🕳️\n\x01";
    const Said said = plugin_->call("fact.answer", question("gema", text));
    EXPECT_EQ(boost::json::parse(said.document).at("value").as_string(), text);
    EXPECT_EQ(plugin_->call("fact.answer", question("besar")).document.size(), (15U << 20U) + 12);
    const std::string large(10U << 20U, 'y');
    EXPECT_EQ(plugin_->call("fact.answer", question("gema", large)).document.size(),
              large.size() + 12);
}

TEST_P(Sdk, bodies_and_pictures_come_and_go_as_bytes) {
    ASSERT_EQ(plugin_->start().status, PINTU_OK);
    const std::string bytes("a\0b\xff", 4);
    const std::string request =
        R"({"method":"POST","path":"/","body_base64":")" + plugin::to_base64("halo") + "\"}";
    EXPECT_EQ(plugin_->call("http.handle", request).document,
              R"({"status":201,"headers":[["x-satu","1"]],"body":"halo"})");
    EXPECT_EQ(plugin_->call("http.handle", R"({"body_base64":"%%%"})").status, PINTU_FAILED);
    const Said seen = plugin_->call("evidence.inspect", bytes);
    EXPECT_EQ(seen.document, R"({"type":"image/png","width":2,"height":3})");
    EXPECT_EQ(seen.copy, bytes);
}

TEST(Base64, there_and_back) {
    EXPECT_EQ(plugin::to_base64(""), "");
    EXPECT_EQ(plugin::to_base64("f"), "Zg==");
    EXPECT_EQ(plugin::to_base64("fo"), "Zm8=");
    EXPECT_EQ(plugin::to_base64("foo"), "Zm9v");
    std::string bytes;
    for (int i = 0; i < 256; ++i) {
        bytes += static_cast<char>(i);
        EXPECT_EQ(plugin::from_base64(plugin::to_base64(bytes)), bytes);
    }
    for (const std::string bad : {"Zg", "Z===", "Zg=a", "%%%%", "Zm9v\n"})
        EXPECT_EQ(plugin::from_base64(bad), std::nullopt) << bad;
}

TEST(Documents, a_report_says_what_it_has_and_no_more) {
    const plugin::Report bare{.channel = "sms", .external_id = "1", .isi = "Halo"};
    EXPECT_EQ(boost::json::serialize(to_json(bare)),
              R"({"channel":"sms","external_id":"1","isi":"Halo"})");
    const plugin::Report full{.channel = "surel",
                              .external_id = "2",
                              .received_at = plugin::iso_time(1'773'365'400'000'000),
                              .judul = "J",
                              .isi = "I",
                              .place = plugin::Place{.region = "64.09", .lat = -1.5, .note = "n"},
                              .kategori_pelapor = "k",
                              .reporter = {.name = "N", .email = "e@x"},
                              .anonim = true,
                              .rahasia = true,
                              .attachments = {{"a.jpg", "spool/1"}},
                              .fields = {{"utas", "t"}}};
    EXPECT_EQ(
        boost::json::serialize(to_json(full)),
        R"({"channel":"surel","external_id":"2","received_at":"2026-03-13T01:30:00Z","judul":"J",)"
        R"("isi":"I","place":{"region":"64.09","lat":-1.5E0,"note":"n"},"kategori_pelapor":"k",)"
        R"("reporter":{"name":"N","email":"e@x"},"anonim":true,"rahasia":true,)"
        R"("attachments":[{"name":"a.jpg","path":"spool/1"}],"fields":{"utas":"t"}})");
}

TEST(Documents, headers_are_found_whatever_their_case_and_counted) {
    const plugin::Headers headers = {{"X-Signature", "a"}, {"x-signature", "b"}, {"x-sign", "c"}};
    EXPECT_EQ(plugin::header(headers, "x-SIGNATURE"), "a");
    EXPECT_EQ(plugin::header_count(headers, "x-signature"), 2U);
    EXPECT_EQ(plugin::header(headers, "x"), std::nullopt);
}

}  // namespace
}  // namespace pintu::testing
