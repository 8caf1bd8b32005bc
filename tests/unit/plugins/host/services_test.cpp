#include "plugins/host/services.hpp"

#include <gtest/gtest.h>

#include "plugins/host/service_tables.hpp"
#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

// Notes what it was asked, and answers.
class Noted : public Outside {
  public:
    Answer http_request(const Manifest&, std::string_view document, Milliseconds given) override {
        most = given;
        asked += std::string(document) + "\n";
        return {Status::ok, R"({"status":200})", ""};
    }
    Answer open_route(const Manifest&, Kind kind, std::string_view document) override {
        asked += std::string(kind_name(kind)) + " " + std::string(document) + "\n";
        return {};
    }
    Services::Connection connect(const Manifest&, std::string_view host, std::uint16_t port,
                                 Milliseconds given) override {
        most = given;
        asked += std::string(host) + ":" + std::to_string(port) + "\n";
        return {Status::later, "it does not answer", -1};
    }
    std::string asked;
    Milliseconds most{0};  // what it was given the last time
};

class ServicesTest : public ::testing::Test {
  protected:
    ServicesTest() : state_(folder_.at("state")), log_(folder_.at("log")) {
        manifest_.name = "uji";
        manifest_.secrets = {"sandi", "kunci", "tiada"};
        manifest_.hosts = {"API.contoh.go.id:443", "config.host:25"};
        settings_ = {&manifest_,
                     Kind::channel,
                     {{"host", "surat.contoh.go.id"}},
                     R"({"host":"surat.contoh.go.id"})",
                     {{"sandi", "file:sandi"}, {"kunci", "env:PINTU_UJI_KUNCI"}},
                     folder_.path(),
                     [] { return Instant{1'773'365'400'000'000}; },
                     &state_,
                     &log_,
                     &outside_};
    }
    Answer ask(std::string_view method, std::string_view document) {
        PluginServices services(settings_);
        return services.ask(method, document);
    }
    std::string told(std::string_view method, std::string_view document) {
        const Answer answer = ask(method, document);
        return std::to_string(static_cast<int>(answer.status)) + " " + answer.document;
    }
    Status request(const std::string& url) {
        return ask("http.request", R"({"url":")" + url + R"("})").status;
    }

    PluginFolder folder_;
    State state_;
    PluginLog log_;
    Noted outside_;
    Manifest manifest_;
    ServiceSettings settings_;
};

TEST_F(ServicesTest, answer_in_the_documents_of_the_contract) {
    EXPECT_EQ(told("time.now", "{}"), R"(0 {"now_us":1773365400000000})");
    EXPECT_EQ(told("config.get", "{}"), R"(0 {"host":"surat.contoh.go.id"})");
    EXPECT_EQ(told("state.put", R"({"key":"a","value":"1"})"), "0 {}");
    EXPECT_EQ(told("state.get", R"({"key":"a"})"), R"(0 {"value":"1"})");
    EXPECT_EQ(told("state.list", R"({"prefix":""})"), R"(0 {"keys":["a"]})");
    EXPECT_EQ(told("state.erase", R"({"key":"a"})"), "0 {}");
    EXPECT_EQ(ask("state.get", R"({"key":"a"})").status, Status::unknown);
    EXPECT_EQ(told("log.write", R"({"level":"info","line":"halo"})"), "0 {}");
    EXPECT_NE(testing::read_file(folder_.at("log/log.jsonl")).find("halo"), std::string::npos);
}

TEST_F(ServicesTest, refuse_what_is_no_document_and_know_no_other_method) {
    EXPECT_EQ(ask("state.put", "bukan json").status, Status::refused);
    EXPECT_EQ(ask("state.put", R"({"key":"a","value":1})").status, Status::refused);
    EXPECT_EQ(ask("state.put", R"({"value":"1"})").status, Status::refused);
    EXPECT_EQ(ask("state.put", "{\"key\":\"a\",\"value\":\"\xff\"}").status, Status::refused);
    EXPECT_EQ(ask("state.drop", "{}").status, Status::unknown);
    EXPECT_EQ(ask("log.write", "{\"line\":\"" + std::string(17 << 20, 'a') + "\"}").status,
              Status::too_large);
}

TEST_F(ServicesTest, give_only_secrets_that_the_manifest_names) {
    folder_.write("sandi", "rahasia\n");
    ::setenv("PINTU_UJI_KUNCI", "kunci rahasia", 1);
    EXPECT_EQ(told("secret.get", R"({"name":"sandi"})"), R"(0 {"value":"rahasia"})");
    EXPECT_EQ(told("secret.get", R"({"name":"kunci"})"), R"(0 {"value":"kunci rahasia"})");
    EXPECT_EQ(ask("secret.get", R"({"name":"tiada"})").status, Status::unknown);
    EXPECT_EQ(ask("secret.get", R"({"name":"PATH"})").status, Status::refused);
    EXPECT_EQ(ask("secret.get", "{}").status, Status::refused);
    EXPECT_FALSE(std::filesystem::exists(folder_.at("log")));
}

TEST_F(ServicesTest, make_requests_only_to_hosts_that_the_manifest_lists) {
    EXPECT_EQ(request("https://api.contoh.go.id/v1?x=1"), Status::ok);
    EXPECT_EQ(request("HTTPS://API.CONTOH.GO.ID:443/"), Status::ok);
    const std::string asked = outside_.asked;
    for (const auto* url :
         {"http://api.contoh.go.id/", "https://api.contoh.go.id:8443/", "https://lain.go.id/",
          "https://api.contoh.go.id@lain.go.id/", "https://lain.go.id#@api.contoh.go.id/",
          "https://lain.go.id?api.contoh.go.id", "ftp://api.contoh.go.id/", "api.contoh.go.id",
          "https://", "https:///x", "https://api.contoh.go.id:/", "https://api.contoh.go.id.:443/",
          "https://lain.go.id\\\\@api.contoh.go.id/", "file:///etc/passwd", ""})
        EXPECT_EQ(request(url), Status::refused) << url;
    EXPECT_EQ(outside_.asked, asked);
}

TEST_F(ServicesTest, open_connections_only_to_hosts_that_the_manifest_lists) {
    PluginServices services(settings_);
    EXPECT_EQ(services.connect("surat.contoh.go.id", 25, Milliseconds(1)).status, Status::later);
    EXPECT_EQ(services.connect("surat.contoh.go.id", 26, Milliseconds(1)).status, Status::refused);
    EXPECT_EQ(services.connect("127.0.0.1", 25, Milliseconds(1)).status, Status::refused);
    EXPECT_EQ(services.connect("", 25, Milliseconds(1)).status, Status::refused);
    EXPECT_EQ(outside_.asked, "surat.contoh.go.id:25\n");
}

TEST_F(ServicesTest, wait_for_nobody_outside_longer_than_the_call_lasts) {
    PluginServices services(settings_);
    const std::string document = R"({"url":"https://api.contoh.go.id/","timeout_ms":30000})";
    const auto connect = [&](Milliseconds timeout) {
        (void)services.connect("surat.contoh.go.id", 25, timeout);
        return outside_.most;
    };
    EXPECT_EQ(connect(Milliseconds(30'000)), Milliseconds(30'000)) << "nobody has called it";
    services.answer_within(Milliseconds(200));
    (void)services.ask("http.request", document);
    EXPECT_LE(outside_.most, Milliseconds(180)) << "a tenth is the guest's, to answer in";
    EXPECT_GE(outside_.most, Milliseconds(1));
    EXPECT_LE(connect(Milliseconds(30'000)), Milliseconds(180));
    EXPECT_EQ(connect(Milliseconds(1)), Milliseconds(1));
    services.answer_within(Milliseconds(0));
    (void)services.ask("http.request", document);
    EXPECT_EQ(outside_.most, Milliseconds(1)) << "its time is over";
    services.answer_within(Milliseconds(60'000));
    EXPECT_EQ(connect(Milliseconds(30'000)), Milliseconds(30'000)) << "each call counts anew";
}

TEST_F(ServicesTest, say_whose_route_it_is_and_refuse_where_there_is_no_outside) {
    EXPECT_EQ(ask("http.route", R"({"path":"/masuk"})").status, Status::ok);
    EXPECT_EQ(outside_.asked, "channel {\"path\":\"/masuk\"}\n");
    settings_.outside = nullptr;
    EXPECT_EQ(ask("http.route", R"({"path":"/masuk"})").status, Status::refused);
    EXPECT_EQ(request("https://api.contoh.go.id/"), Status::refused);
}

std::int32_t take(void* owner, pintu_text piece) {
    static_cast<std::string*>(owner)->append(piece.data, piece.size);
    return PINTU_OK;
}

pintu_text text(std::string_view view) {
    return {view.data(), view.size()};
}

template <class Table>
const Table* table(const pintu_host* host, std::string_view id) {
    return static_cast<const Table*>(host->service(host->owner, text(id)));
}

TEST_F(ServicesTest, are_tables_for_a_compiled_plugin) {
    PluginServices services(settings_);
    const ServiceTables tables(services);
    const pintu_host* host = tables.host();
    std::string got;
    pintu_sink sink{sizeof(pintu_sink), 0, &got, take};
    const auto* state = table<pintu_state_1>(host, PINTU_STATE_1);
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->put(host->owner, text("a\"b"), text("nilai\n")), PINTU_OK);
    EXPECT_EQ(state->get(host->owner, text("a\"b"), &sink), PINTU_OK);
    EXPECT_EQ(std::exchange(got, ""), "nilai\n");
    EXPECT_EQ(state->list(host->owner, text(""), &sink), PINTU_OK);
    EXPECT_EQ(std::exchange(got, ""), R"(["a\"b"])");
    EXPECT_EQ(state->get(host->owner, text("b"), &sink), PINTU_UNKNOWN);
    EXPECT_EQ(table<pintu_time_1>(host, PINTU_TIME_1)->now_us(host->owner), 1'773'365'400'000'000);
    EXPECT_EQ(table<pintu_config_1>(host, PINTU_CONFIG_1)->get(host->owner, &sink), PINTU_OK);
    EXPECT_EQ(std::exchange(got, ""), R"({"host":"surat.contoh.go.id"})");
    const auto* secrets = table<pintu_secret_1>(host, PINTU_SECRET_1);
    EXPECT_EQ(secrets->get(host->owner, text("PATH"), &sink), PINTU_REFUSED);
    EXPECT_NE(std::exchange(got, ""), "");
    int socket = 7;
    const auto* connection = table<pintu_connection_1>(host, PINTU_CONNECTION_1);
    EXPECT_EQ(connection->open(host->owner, text("lain"), 25, 5, &socket), PINTU_REFUSED);
    EXPECT_EQ(connection->open(host->owner, text("surat.contoh.go.id"), 25, -5, &socket),
              PINTU_LATER);
    EXPECT_EQ(socket, 7);
    EXPECT_EQ(table<pintu_log_1>(host, "pintu.log/9"), nullptr);
}

TEST_F(ServicesTest, check_what_a_compiled_plugin_hands_over) {
    PluginServices services(settings_);
    const ServiceTables tables(services);
    const pintu_host* host = tables.host();
    const auto* state = table<pintu_state_1>(host, PINTU_STATE_1);
    const pintu_text null{nullptr, 5};
    const pintu_text endless{"a", std::uint64_t{1} << 60U};
    EXPECT_EQ(state->put(host->owner, null, text("x")), PINTU_REFUSED);
    EXPECT_EQ(state->put(host->owner, text("a"), endless), PINTU_REFUSED);
    EXPECT_EQ(state->put(host->owner, text("a"), text("\xff")), PINTU_REFUSED);
    EXPECT_EQ(state->put(host->owner, text("a"), pintu_text{nullptr, 0}), PINTU_OK);
    EXPECT_EQ(state->get(host->owner, text("a"), nullptr), PINTU_REFUSED);
    pintu_sink old{8, 0, nullptr, nullptr};
    EXPECT_EQ(state->get(host->owner, text("a"), &old), PINTU_REFUSED);
    EXPECT_EQ(host->service(host->owner, null), nullptr);
    table<pintu_log_1>(host, PINTU_LOG_1)->write(host->owner, 99, text("a\xff"));
    table<pintu_log_1>(host, PINTU_LOG_1)->write(host->owner, -1, null);
    const std::string log = testing::read_file(folder_.at("log/log.jsonl"));
    EXPECT_NE(log.find("\"level\":\"error\""), std::string::npos) << log;
}

}  // namespace
}  // namespace pintu::plugins
