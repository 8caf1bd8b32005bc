// The liars of tests/abi, each as a plugin of a node that trusts it: what liars.txt says must come
// of it, and where its word is a document, that nothing but a document comes through.
#include <gtest/gtest.h>

#include <algorithm>

#include "plugins/host/document.hpp"
#include "plugins/host/plugins.hpp"
#include "tests/abi/listed_liars.hpp"
#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

using testing::Liar;
using testing::listed_liars;

Kind kind_of(const std::string& method) {
    if (method == "channel.poll") return Kind::channel;
    return method == "connector.send" ? Kind::connector : Kind::fact;
}

struct Came {
    std::string what;  // "works", "start", "call"
    std::string detail;
};

Came come_of(const Liar& liar, const PluginFolder& folder) {
    PluginsOptions options;
    options.directory = folder.at("var");
    options.now = [] { return Instant{1}; };
    std::string name = "liar-" + liar.name;
    std::replace(name.begin(), name.end(), '_', '-');
    const std::string from = std::string(PINTU_LIARS) + "/" + liar.name;
    options.chosen.push_back({name, from, true, {}, {}, {}});
    SourceSet sources;
    Diagnostics diagnostics;
    const auto plugins = Plugins::open(options, sources, diagnostics);
    if (!plugins) return {"start", diagnostics.sorted().at(0).code};
    const std::string method = liar.method == "-" ? "fact.answer" : liar.method;
    const auto answer = plugins->call(name, kind_of(method), method, "{}", Milliseconds(20'000));
    const bool ran = plugins->status().at(0).calls > 0;
    if (!answer) return {ran ? "call" : "start", answer.error().code};
    if (answer->status != Status::ok) return {"call", "status"};
    EXPECT_EQ(wrong_with_document(answer->document), std::nullopt) << liar.name;
    return {"works", answer->document};
}

TEST(Liars, that_are_trusted_are_found_out_all_the_same) {
    const PluginFolder folder;
    const auto all = listed_liars();
    ASSERT_GT(all.size(), 40U);
    for (const auto& liar : all) {
        if (liar.when == "crash") continue;  // tests/hostile has it, in a process of its own
        const Came came = come_of(liar, folder);
        if (liar.when == "document") {
            EXPECT_TRUE(came.what == "works" || came.detail == "PL003")
                << liar.name << ": " << came.what << " " << came.detail;
            continue;
        }
        EXPECT_EQ(came.what, liar.when) << liar.name << ": " << came.detail;
        if (liar.when == "works") {
            EXPECT_EQ(came.detail, R"({"value":"ya"})") << liar.name;
        }
    }
}

}  // namespace
}  // namespace pintu::plugins
