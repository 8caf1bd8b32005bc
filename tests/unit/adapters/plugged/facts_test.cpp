// Facts asked of real plugins in processes of their own.
#include "adapters/plugged/facts.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "engine/bundle/offers.hpp"
#include "engine/replay/replay.hpp"
#include "plugins/host/launch.hpp"
#include "tests/support/files.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/world.hpp"

namespace pintu::plugged {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kPatienceMs = 20'000;  // of a busy machine

plugins::Launcher* launcher() {
    static const auto kLauncher = plugins::Launcher::start(PINTU_HOST);
    return kLauncher ? kLauncher->get() : nullptr;
}

class PluginFactsTest : public ::testing::Test {
  protected:
    void open(const std::string& name, const fs::path& shipped) {
        plugins::PluginsOptions options;
        options.chosen.push_back({name, (shipped / name).string(), false, {}, {}, {}});
        options.directory = folder_.at("var");
        options.base = folder_.path();
        options.now = [] { return Instant{1'773'365'400'000'000}; };
        options.trouble = [this](const plugins::Trouble& trouble) {
            troubles_.push_back(trouble.error.code);
        };
        options.launcher = launcher();
        SourceSet sources;
        Diagnostics diagnostics;
        plugins_ = plugins::Plugins::open(options, sources, diagnostics);
        ASSERT_NE(plugins_, nullptr) << testing::rendered(diagnostics, sources);
        facts_.emplace(*plugins_, log_, kPatienceMs);
    }
    // The program of tests/plugins_for_tests/fakta.py.
    void open_fakta() {
        const fs::path source(PINTU_SOURCE_DIR);
        fs::create_directories(folder_.at("fakta"));
        fs::copy_file(source / "tests/plugins_for_tests/fakta.py", folder_.at("fakta/fakta.py"));
        std::string facts;
        for (const char* name : {"angka", "benar", "diam", "bukan_dokumen", "daftar", "tak_tahu",
                                 "menolak", "gagal", "mati", "macet"})
            facts += std::string("  ") + name + ": {arguments: []}\n";
        testing::write_file(
            folder_.at("fakta/plugin.yaml"),
            "plugin: fakta\nversion: 1.0.0\nabi: 1\nkinds: [fact]\n"
            "command: [python3, -B, fakta.py]\nanswers: pure\nfacts:\n" +
                facts +
                "  gema: {arguments: [isi]}\n  di_luar: {arguments: [], gives: [aman, akut]}\n"
                "permissions:\n  personal: [isi]\nend: fakta\n");
        open("fakta", folder_.path());
    }
    std::string ask(const std::string& function, std::vector<ports::FactArgument> arguments = {}) {
        const auto answer = facts_->ask({function, std::move(arguments), 200});
        return answer.value.value_or("-");
    }

    testing::TemporaryFolder folder_;
    std::vector<std::string> troubles_;
    testing::CollectingLog log_;
    std::unique_ptr<plugins::Plugins> plugins_;
    std::optional<PluginFacts> facts_;
};

TEST_F(PluginFactsTest, are_what_the_plugin_says) {
    open_fakta();
    const std::string text = "Kata \"dia\":\n\xc3\xa9\t\\";
    EXPECT_EQ(ask("fakta.gema", {{"isi", text, "isi"}}), text);
    EXPECT_EQ(ask("fakta.angka"), "7");
    EXPECT_EQ(ask("fakta.benar"), "yes");
    EXPECT_EQ(ask("fakta.diam"), "-");
    EXPECT_EQ(ask("fakta.tak_tahu"), "-");
    EXPECT_TRUE(log_.lines.empty()) << log_.lines.front();
}

TEST_F(PluginFactsTest, that_are_no_answers_are_told) {
    open_fakta();
    const std::pair<const char*, const char*> cases[] = {
        {"fakta.di_luar", "PL204"}, {"fakta.bukan_dokumen", "PL205"}, {"fakta.daftar", "PL205"},
        {"fakta.menolak", "PL206"}, {"fakta.gagal", "PL206"},
    };
    for (const auto& [function, code] : cases) {
        log_.lines.clear();
        EXPECT_EQ(ask(function), "-") << function;
        EXPECT_TRUE(log_.has(code)) << function;
    }
}

TEST_F(PluginFactsTest, are_not_asked_beyond_the_manifest) {
    open_fakta();
    EXPECT_EQ(ask("lain.bahaya"), "-");
    EXPECT_EQ(ask("fakta.lain"), "-");
    EXPECT_EQ(ask("fakta"), "-");
    EXPECT_EQ(ask("fakta.gema", {{"judul", "Rahasia", "judul"}}), "-");
    for (const char* code : {"PL201", "PL202", "PL203"}) EXPECT_TRUE(log_.has(code)) << code;
    for (const auto& line : log_.lines) EXPECT_EQ(line.find("Rahasia"), std::string::npos);
    const auto told = log_.lines.size();
    EXPECT_EQ(ask("lain.bahaya"), "-");
    EXPECT_EQ(log_.lines.size(), told) << "once";
}

TEST_F(PluginFactsTest, of_a_plugin_that_crashed_are_none) {
    open_fakta();
    EXPECT_EQ(ask("fakta.mati"), "-");
    EXPECT_EQ(troubles_, std::vector<std::string>{"PL002"});
}

TEST_F(PluginFactsTest, of_a_plugin_that_hangs_come_to_an_end) {
    open_fakta();
    EXPECT_EQ(ask("fakta.angka"), "7") << "it runs";
    PluginFacts impatient(*plugins_, log_);
    const auto answer = impatient.ask({"fakta.macet", {}, 50});
    EXPECT_FALSE(answer.value);
    EXPECT_GE(answer.took_ms, 50);
    EXPECT_LT(answer.took_ms, kPatienceMs);
    EXPECT_EQ(troubles_, std::vector<std::string>{"PL001"});
}

// The shipped plugin, the whole way: asked at receipt, recorded, replayed without it.
TEST_F(PluginFactsTest, of_teks_decide_a_case_that_is_replayed_without_it) {
    open("teks", PINTU_SHIPPED_PLUGINS);
    auto files = testing::read_fixture("tests/fixtures/kasus");
    for (auto& file : files.files) {
        if (file.path != "rules/nasional/dasar.rules") continue;
        const auto put = [&](const std::string& before, const std::string& text) {
            file.bytes.insert(file.bytes.find(before), text);
        };
        put("decide kategori",
            "fact bahaya = plugin teks.bahaya(isi) : {aman, mungkin, akut} "
            "else aman\n\n");
        put("  rule ringan", "  rule akut when bahaya = akut -> 1 working day\n");
    }
    const auto loadout = testing::loadout_of(files, *make_date(2026, 1, 1));
    testing::World world(loadout, {}, std::make_shared<testing::MemoryStore>(), &*facts_);
    auto report = testing::road_hole("a");
    report.isi = "Tolong, anak kami terseret arus sungai dan belum ditemukan";
    const CaseId id = world.report(report, "2026-03-02");
    EXPECT_EQ(world.state(id).facts.at("bahaya").value, "akut");
    EXPECT_EQ(world.state(id).decisions.at("tenggat").value, "1 working day");
    plugins_.reset();
    replay::Archive archive([](const BundleHash&) -> Result<std::optional<bundle::Definitions>> {
        return std::optional<bundle::Definitions>();
    });
    archive.know(loadout.library);
    replay::Summary summary;
    const auto differences =
        replay::replay(world.store->load({id})->front().events, archive, summary);
    ASSERT_TRUE(differences.has_value()) << differences.error().code;
    EXPECT_EQ(summary.equal, 1U);
}

}  // namespace
}  // namespace pintu::plugged
