#include "plugins/host/config.hpp"

#include <gtest/gtest.h>

#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

using Type = ConfigKey::Type;

Manifest mail() {
    Manifest manifest;
    manifest.name = "surel";
    manifest.folder = "/opt/surel";
    manifest.config["host"] = {Type::text, {}, 0, 0, true, {}};
    manifest.config["port"] = {Type::integer, {}, 1, 65'535, false, "993"};
    manifest.config["mode"] = {Type::choice, {"idle", "poll"}, 0, 0, false, "poll"};
    manifest.config["tls"] = {Type::yes_no, {}, 0, 0, false, "ya"};
    manifest.config["inbox"] = {Type::folder, {}, 0, 0, false, {}};
    manifest.hosts = {"config.host:config.port", "api.example.go.id:443"};
    manifest.folders = {{"config.inbox", true}, {"words", false}};
    return manifest;
}

std::map<std::string, yaml::Word> written(
    std::initializer_list<std::pair<const char*, const char*>> pairs) {
    std::map<std::string, yaml::Word> words;
    for (const auto& [key, value] : pairs) words[key] = {value, {}};
    return words;
}

std::string codes(const std::map<std::string, yaml::Word>& given) {
    Diagnostics diagnostics;
    const auto config = check_config(mail(), given, "/", {}, diagnostics);
    EXPECT_EQ(config.has_value(), !diagnostics.has_errors());
    std::string all;
    for (const auto& diagnostic : diagnostics.sorted()) all += diagnostic.code + " ";
    return all;
}

TEST(Config, that_the_schema_allows_becomes_a_document_with_defaults_and_types) {
    const PluginFolder folder;
    folder.write("masuk/x", "");
    Diagnostics diagnostics;
    const auto config =
        check_config(mail(), written({{"host", "imap.example"}, {"inbox", "masuk"}}), folder.path(),
                     {}, diagnostics);
    ASSERT_TRUE(config);
    EXPECT_EQ(
        config_document(mail(), *config, Kind::channel, "/var/spool"),
        R"({"host":"imap.example","inbox":")" + folder.at("masuk") +
            R"(","mode":"poll","port":993,"tls":true,"kind":"channel","spool":"/var/spool"})");
    EXPECT_EQ(allowed_hosts(mail(), *config),
              (std::vector<std::string>{"imap.example:993", "api.example.go.id:443"}));
    const auto folders = allowed_folders(mail(), *config);
    ASSERT_EQ(folders.size(), 2U);
    EXPECT_EQ(folders[0].path, folder.at("masuk"));
    EXPECT_TRUE(folders[0].write);
    EXPECT_EQ(folders[1].path, "/opt/surel/words");
}

TEST(Config, leaves_out_what_a_key_that_is_not_configured_would_allow) {
    EXPECT_EQ(allowed_hosts(mail(), {}), (std::vector<std::string>{"api.example.go.id:443"}));
    EXPECT_EQ(allowed_folders(mail(), {}).size(), 1U);
}

TEST(Config, that_breaks_the_schema_has_a_diagnostic_for_each_breach) {
    EXPECT_EQ(codes(written({})), "PL130 ");
    EXPECT_EQ(codes(written({{"host", "a"}, {"prot", "1"}})), "PL131 ");
    EXPECT_EQ(codes(written({{"host", "a"}, {"port", "x"}})), "YA035 ");
    EXPECT_EQ(codes(written({{"host", "a"}, {"port", "0"}})), "YA036 ");
    EXPECT_EQ(codes(written({{"host", "a"}, {"mode", "pol"}})), "YA040 ");
    EXPECT_EQ(codes(written({{"host", "a"}, {"tls", "barangkali"}})), "YA039 ");
    EXPECT_EQ(codes(written({{"host", "a"}, {"inbox", "/nowhere"}})), "PL132 ");
    EXPECT_EQ(codes(written({{"host", "http://a"}})), "PL134 ");
    EXPECT_EQ(codes(written({{"port", "0"}, {"x", "1"}})), "PL130 PL131 YA036 ");
}

}  // namespace
}  // namespace pintu::plugins
