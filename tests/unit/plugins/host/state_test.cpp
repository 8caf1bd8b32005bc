#include "plugins/host/state.hpp"

#include <gtest/gtest.h>

#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

TEST(State, is_there_again_after_a_restart) {
    const PluginFolder folder;
    {
        State state(folder.at("state"));
        EXPECT_EQ(state.get("a").status, Status::unknown);
        EXPECT_EQ(state.put("a", "satu").status, Status::ok);
        EXPECT_EQ(state.put("a", "dua").status, Status::ok);
        EXPECT_EQ(state.put("kosong", "").status, Status::ok);
    }
    State state(folder.at("state"));
    EXPECT_EQ(state.get("a").document, "dua");
    EXPECT_EQ(state.get("kosong").status, Status::ok);
    EXPECT_EQ(state.erase("a").status, Status::ok);
    EXPECT_EQ(state.erase("a").status, Status::ok);
    EXPECT_EQ(state.get("a").status, Status::unknown);
}

TEST(State, takes_any_text_as_a_key_and_none_leaves_its_folder) {
    const PluginFolder folder;
    State state(folder.at("state"));
    std::vector<std::string> keys = {"../../luar",
                                     "/etc/passwd",
                                     ".",
                                     "..",
                                     "a/b",
                                     "A",
                                     "a",
                                     "%2e",
                                     "é",
                                     "a b",
                                     "+",
                                     ".v",
                                     std::string(200, 'x'),
                                     std::string(200, '/'),
                                     std::string(199, '/') + "a",
                                     std::string("a\0b", 3)};
    for (const auto& key : keys)
        ASSERT_EQ(state.put(key, "nilai " + key).status, Status::ok) << key;
    for (const auto& key : keys) EXPECT_EQ(state.get(key).document, "nilai " + key) << key;
    std::sort(keys.begin(), keys.end());
    EXPECT_EQ(state.list(""), keys);
    EXPECT_EQ(state.list("a").size(), 4U);
    EXPECT_FALSE(std::filesystem::exists(folder.at("luar")));
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
        EXPECT_EQ(entry.path().filename(), "state");
}

TEST(State, has_the_limits_that_the_contract_names) {
    const PluginFolder folder;
    State state(folder.at("state"));
    EXPECT_EQ(state.put(std::string(201, 'a'), "").status, Status::too_large);
    EXPECT_EQ(state.put("a", std::string(State::kMostValue, 'x')).status, Status::ok);
    EXPECT_EQ(state.get("a").document.size(), State::kMostValue);
    EXPECT_EQ(state.put("a", std::string(State::kMostValue + 1, 'x')).status, Status::too_large);
    EXPECT_EQ(state.get("a").document.size(), State::kMostValue);
    EXPECT_EQ(state.put("", "x").status, Status::refused);
    EXPECT_EQ(state.put("\xff", "x").status, Status::refused);
}

TEST(State, that_cannot_be_written_says_why) {
    const PluginFolder folder;
    folder.write("state", "a file where the folder should be");
    State state(folder.at("state"));
    const Answer answer = state.put("a", "x");
    EXPECT_EQ(answer.status, Status::failed);
    EXPECT_NE(answer.document, "");
}

}  // namespace
}  // namespace pintu::plugins
