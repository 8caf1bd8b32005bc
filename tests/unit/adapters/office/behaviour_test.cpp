#include "adapters/office/behaviour.hpp"

#include <gtest/gtest.h>

#include "tests/support/files.hpp"

namespace pintu::office {
namespace {

using When = Behaviour::When;

std::optional<Behaviour> read(const std::string& text, std::string& codes) {
    SourceSet sources;
    Diagnostics diagnostics;
    auto behaviour = read_behaviour(sources.add("kantor.yaml", text), diagnostics);
    for (const auto& d : diagnostics.sorted())
        codes += d.code + ":" + sources.place(d.span).substr(12) + " ";
    return behaviour;
}

TEST(Behaviour, reads_the_example_of_the_year_and_the_one_in_the_docs) {
    const std::string root = PINTU_SOURCE_DIR;
    const std::string docs = testing::read_file(root + "/docs/office.md");
    const auto begin = docs.find("```yaml\n") + 8;
    for (const auto& text : {testing::read_file(root + "/examples/kantor/kaltim-2026.yaml"),
                             docs.substr(begin, docs.find("```", begin) - begin)}) {
        std::string codes;
        const auto behaviour = read(text, codes);
        EXPECT_EQ(codes, "");
        ASSERT_TRUE(behaviour);
        const auto* received = behaviour->find("64.01", "diterima", When::entered);
        ASSERT_NE(received, nullptr);
        EXPECT_EQ(received->front().event, "verifikasi");
        EXPECT_EQ(received->front().after_low_s, 3600);
        EXPECT_NE(behaviour->find("64.01", "diterima", When::waiting), nullptr);
        EXPECT_EQ(behaviour->find("64.01", "nirgends", When::entered), nullptr);
    }
}

TEST(Behaviour, an_agency_of_its_own_replaces_the_states_it_names) {
    std::string codes;
    const auto behaviour = read(
        "office: x\nseed: 1\nstates:\n  a: [{share: 1}]\n  b: [{share: 2}]\n"
        "agencies:\n  64.74:\n    a: [{share: 9}]\n",
        codes);
    ASSERT_TRUE(behaviour) << codes;
    EXPECT_EQ(behaviour->find("64.74", "a", When::entered)->front().share, 9);
    EXPECT_EQ(behaviour->find("64.74", "b", When::entered)->front().share, 2);
    EXPECT_EQ(behaviour->find("64.71", "a", When::entered)->front().share, 1);
}

TEST(Behaviour, names_the_place_of_each_mistake) {
    std::string codes;
    EXPECT_FALSE(
        read("office: x\nseed: 1\nstates:\n"
             "  a: [{share: 1, do: buka, by: seseorang, after: 2 hours}]\n"
             "  b:\n"
             "    - {share: 1, do: buka, by: kepala of owner, after: besok}\n"
             "    - {share: 1, do: buka, by: kepala of owner, after: 9..2 hours}\n"
             "    - {bagian: 1}\n",
             codes));
    EXPECT_EQ(codes, "CL102:4 CL101:6 CL101:7 YA031:8 YA042:8 ");
}

}  // namespace
}  // namespace pintu::office
