#include "plugins/host/manifest.hpp"

#include <gtest/gtest.h>

#include "plugins/host/what_it_runs.hpp"
#include "tests/support/golden.hpp"
#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

std::optional<Manifest> read(const PluginFolder& folder, const std::string& name = "uji") {
    SourceSet sources;
    Diagnostics diagnostics;
    auto manifest = read_manifest(folder.at(name), sources, diagnostics);
    EXPECT_EQ(testing::rendered(diagnostics, sources), "no diagnostics\n");
    return manifest;
}

std::string without(std::string text, const std::string& path) {
    for (std::size_t at; (at = text.find(path)) != std::string::npos;) text.erase(at, path.size());
    return text;
}

// Each wrong key and value at its place, in both languages.
TEST(Manifest, golden) {
    testing::check_golden("plugin_manifest", ".yaml", [](const auto&, const std::string& text) {
        const PluginFolder folder;
        folder.install("uji", "satu", text);
        SourceSet sources;
        Diagnostics diagnostics;
        const auto manifest = read_manifest(folder.at("uji"), sources, diagnostics);
        EXPECT_EQ(manifest.has_value(), !diagnostics.has_errors());
        return without(testing::rendered(diagnostics, sources), folder.path() + "/");
    });
}

TEST(Manifest, that_is_not_there_is_named) {
    SourceSet sources;
    Diagnostics diagnostics;
    EXPECT_FALSE(read_manifest("/nowhere", sources, diagnostics));
    ASSERT_EQ(diagnostics.items().size(), 1U);
    EXPECT_EQ(diagnostics.items()[0].code, "PL101");
}

TEST(Manifest, says_everything_that_its_header_promises) {
    const PluginFolder folder;
    folder.install("surel", "satu", R"(plugin: surel
version: 1.0.0
abi: 1
title: Surat elektronik
kinds: [channel, connector]
run: libuji.so
channels: [surel]
config:
  imap_host: {type: text, required: true}
  imap_port: {type: integer, from: 1, to: 65535, default: 993}
  mode:      {type: [idle, poll], default: poll}
  inbox:     {type: folder, required: true}
secrets: [password]
permissions:
  hosts: ["config.imap_host:config.imap_port", "api.example.go.id:443"]
  folders: {config.inbox: write, words: read}
  personal: [isi, reporter_name]
deadlines: {poll_ms: 1000, send_ms: 2000, fact_ms: 300, http_ms: 400}
limits: {memory_mb: 64, open_files: 32}
end: surel
)");
    const auto manifest = read(folder, "surel");
    ASSERT_TRUE(manifest);
    EXPECT_EQ(manifest->name, "surel");
    EXPECT_TRUE(manifest->has(Kind::channel));
    EXPECT_FALSE(manifest->has(Kind::fact));
    EXPECT_EQ(manifest->config.at("mode").choices, (std::vector<std::string>{"idle", "poll"}));
    EXPECT_EQ(manifest->config.at("imap_port").fallback, "993");
    EXPECT_TRUE(manifest->config.at("inbox").required);
    EXPECT_EQ(manifest->hosts.size(), 2U);
    EXPECT_TRUE(manifest->folders[0].write);
    EXPECT_TRUE(manifest->may_see("isi"));
    EXPECT_FALSE(manifest->may_see("judul"));
    EXPECT_EQ(manifest->poll_ms, 1'000);
    EXPECT_EQ(manifest->fact_ms, 300);
    EXPECT_EQ(manifest->memory_mb, 64);
    EXPECT_EQ(manifest->file(), folder.at("surel/libuji.so"));
}

// Those that are shipped, with a library that is one in the place of theirs.
TEST(Manifest, of_every_shipped_plugin_is_good) {
    namespace fs = std::filesystem;
    std::size_t count = 0;
    for (const auto& entry :
         fs::directory_iterator(std::string(PINTU_SOURCE_DIR) + "/plugins/bundled")) {
        const std::string path = entry.path().string() + "/plugin.yaml";
        if (!fs::exists(path)) continue;
        const std::string name = entry.path().filename().string();
        const PluginFolder folder;
        folder.install(name, "satu", testing::read_file(path));
        fs::copy_file(folder.at(name + "/libuji.so"), folder.at(name + "/lib" + name + ".so"));
        const auto manifest = read(folder, name);
        ASSERT_TRUE(manifest) << name;
        EXPECT_EQ(manifest->name, name);
        ++count;
    }
    EXPECT_GT(count, 0U);
}

TEST(ManifestIdentity, changes_with_a_byte_of_the_manifest_or_of_the_file_that_it_runs) {
    const PluginFolder folder;
    folder.install("uji", "satu", manifest_text());
    const auto first = read(folder)->identity;
    EXPECT_TRUE(first.starts_with("uji 1.0.0 sha256:")) << first;
    EXPECT_EQ(read(folder)->identity, first);
    folder.install("uji", "satu", manifest_text("# seen\n"));
    EXPECT_NE(read(folder)->identity, first);
    folder.install("uji", "dua", manifest_text());
    EXPECT_NE(read(folder)->identity, first);
}

TEST(ManifestIdentity, of_a_program_is_over_every_file_of_its_folder_but_what_tools_leave_there) {
    const PluginFolder folder;
    folder.write("uji/plugin.yaml",
                 "plugin: uji\nversion: 1\nabi: 1\nkinds: [fact]\ncommand: [python3, main.py]\n"
                 "answers: pure\nfacts: {}\nend: uji\n");
    folder.write("uji/main.py", "print()\n");
    const auto first = read(folder)->identity;
    const auto seen = fingerprint(*read(folder));
    folder.write("uji/__pycache__/main.pyc", "x");
    folder.write("uji/.git/config", "x");
    EXPECT_EQ(read(folder)->identity, first);
    EXPECT_EQ(fingerprint(*read(folder)), seen);
    folder.write("uji/words/bahaya.txt", "api\n");
    EXPECT_NE(read(folder)->identity, first);
    EXPECT_NE(fingerprint(*read(folder)), seen);
}

TEST(Manifest, of_a_folder_with_too_many_files_is_refused) {
    const PluginFolder folder;
    folder.write("uji/plugin.yaml",
                 "plugin: uji\nversion: 1\nabi: 1\nkinds: [fact]\ncommand: [python3, main.py]\n"
                 "answers: pure\nfacts: {}\nend: uji\n");
    for (std::size_t i = 0; i <= kMostFiles; ++i)
        testing::write_file(folder.at("uji/" + std::to_string(i)), "");
    SourceSet sources;
    Diagnostics diagnostics;
    EXPECT_FALSE(read_manifest(folder.at("uji"), sources, diagnostics));
    EXPECT_EQ(diagnostics.items().at(0).code, "PL123");
}

}  // namespace
}  // namespace pintu::plugins
