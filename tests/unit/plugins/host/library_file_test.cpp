#include "plugins/host/library_file.hpp"

#include <gtest/gtest.h>

#include "tests/unit/plugins/host/plugin_folder.hpp"

namespace pintu::plugins {
namespace {

std::string code(const std::optional<Error>& error) {
    return error ? error->code : "";
}

std::string library(const std::string& name) {
    return std::string(PINTU_TEST_PLUGINS) + "/libuji_" + name + ".so";
}

TEST(LibraryFile, of_a_plugin_is_good) {
    EXPECT_EQ(code(wrong_with_library(library("satu"))), "");
}

TEST(LibraryFile, that_is_not_there_or_a_folder_is_named) {
    EXPECT_EQ(code(wrong_with_library("/nowhere/libuji.so")), "PL110");
    EXPECT_EQ(code(wrong_with_library("/tmp")), "PL110");
}

TEST(LibraryFile, that_is_a_text_an_empty_file_or_a_program_is_no_library) {
    const PluginFolder folder;
    folder.write("text.so", "not a library\n");
    folder.write("empty.so", "");
    folder.write("start.so",
                 "\x7f"
                 "ELF");
    for (const auto* name : {"text.so", "empty.so", "start.so"})
        EXPECT_EQ(code(wrong_with_library(folder.at(name))), "PL111") << name;
}

TEST(LibraryFile, that_is_cut_off_anywhere_is_found_out_and_never_read_beyond) {
    const PluginFolder folder;
    const std::string whole = testing::read_file(library("satu"));
    for (std::size_t size = 0; size < whole.size(); size += 97) {
        folder.write("cut.so", whole.substr(0, size));
        EXPECT_NE(code(wrong_with_library(folder.at("cut.so"))), "") << size;
    }
}

TEST(LibraryFile, with_any_byte_of_its_head_changed_is_judged_without_harm) {
    const PluginFolder folder;
    const std::string whole = testing::read_file(library("satu"));
    for (std::size_t at = 0; at < 64; ++at)
        for (const char byte : {'\x00', '\x7f', '\xff'}) {
            std::string changed = whole;
            changed[at] = byte;
            folder.write("changed.so", changed);
            (void)wrong_with_library(folder.at("changed.so"));
        }
}

TEST(LibraryFile, of_another_processor_is_told_with_both_names) {
    const PluginFolder folder;
    std::string foreign = testing::read_file(library("satu"));
    foreign[18] = '\xb7';  // e_machine: EM_AARCH64
    foreign[19] = 0;
    folder.write("foreign.so", foreign);
    const auto wrong = wrong_with_library(folder.at("foreign.so"));
    ASSERT_EQ(code(wrong), "PL112");
    EXPECT_EQ(wrong->args[1], "ARM 64");
    foreign[4] = 1;  // 32 bits
    folder.write("foreign.so", foreign);
    EXPECT_EQ(code(wrong_with_library(folder.at("foreign.so"))), "PL112");
}

TEST(LibraryFile, without_the_entry_symbol_is_told) {
    EXPECT_EQ(code(wrong_with_library(library("asing"))), "PL113");
}

}  // namespace
}  // namespace pintu::plugins
