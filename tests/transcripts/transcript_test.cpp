// Every session of tests/transcripts and of the docs, run as it stands. With PINTU_REWRITE=1 what
// the commands print is written into the files instead.
#include "tests/transcripts/transcript.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "tests/support/files.hpp"
#include "tests/transcripts/sandbox.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> session_files() {
    const fs::path root(PINTU_SOURCE_DIR);
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(root / "tests/transcripts"))
        if (entry.path().extension() == ".txt")
            files.push_back(fs::relative(entry.path(), root).generic_string());
    for (const auto& entry : fs::directory_iterator(root / "docs"))
        if (entry.path().extension() == ".md" &&
            read_file(entry.path().string()).find("\n```console\n") != std::string::npos)
            files.push_back(fs::relative(entry.path(), root).generic_string());
    std::sort(files.begin(), files.end());
    return files;
}

std::vector<std::string> lines_of(const Ran& ran) {
    std::istringstream in(ran.output);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        lines.push_back(line);
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    if (ran.exit != 0) lines.push_back("[exit " + std::to_string(ran.exit) + "]");
    return lines;
}

std::string shown(const std::vector<std::string>& lines, const std::vector<std::string>& others,
                  char mark) {
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const bool differs = i >= others.size() || others[i] != lines[i];
        text += std::string(differs ? 1 : 2, differs ? mark : ' ') + (differs ? " " : "") +
                lines[i] + "\n";
    }
    return text;
}

class Session : public ::testing::TestWithParam<std::string> {};

TEST_P(Session, prints_what_it_says) {
    const std::string path = std::string(PINTU_SOURCE_DIR) + "/" + GetParam();
    const bool rewrite = std::getenv("PINTU_REWRITE") != nullptr;
    auto pieces = parse_session(read_file(path), path.ends_with(".md"));
    Sandbox sandbox(PINTU_BINARY);
    for (auto& piece : pieces) {
        if (!piece.is_step) continue;
        auto& step = piece.step;
        auto printed = lines_of(sandbox.run(step.command));
        if (rewrite) {
            step.expected = std::move(printed);
            continue;
        }
        ASSERT_EQ(printed, step.expected)
            << GetParam() << ":" << step.line << ": $ " << step.command << "\n--- expected\n"
            << shown(step.expected, printed, '-') << "+++ printed\n"
            << shown(printed, step.expected, '+') << "(PINTU_REWRITE=1 writes it into the file)";
    }
    if (rewrite) write_file(path, write_session(pieces));
}

INSTANTIATE_TEST_SUITE_P(
    Every, Session, ::testing::ValuesIn(session_files()), [](const auto& file) {
        std::string name = fs::path(file.param).stem().string();
        std::replace_if(
            name.begin(), name.end(),
            [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
        return name;
    });

TEST(SessionText, comes_back_as_it_was_written) {
    const std::string text =
        "Prose.\n\n```console\n$ echo a \\\n> b\na b\n\n$ false\n[exit 1]\n```\nMore.\n";
    const auto pieces = parse_session(text, true);
    EXPECT_EQ(write_session(pieces), text);
    ASSERT_EQ(pieces.size(), 7U);
    EXPECT_EQ(pieces[3].step.command, "echo a \\\nb");
    EXPECT_EQ(pieces[3].step.expected, std::vector<std::string>{"a b"});
    EXPECT_EQ(pieces[4].step.expected, std::vector<std::string>{"[exit 1]"});
}

TEST(SessionText, placeholders_name_the_same_thing_the_same_way) {
    Sandbox sandbox(PINTU_BINARY);
    EXPECT_EQ(sandbox.run("echo 7H3K-9QXM-V2PT; echo 7H3K-9QXM-V2PQ").output, "<ID1>\n<ID2>\n");
    EXPECT_EQ(sandbox.run("echo <ID1> | tr 7 8").output, "<ID3>\n");
    EXPECT_EQ(sandbox.run("echo '<ID2>' 'is <ID2>'; exit 3").exit, 3);
}

}  // namespace
}  // namespace pintu::testing
