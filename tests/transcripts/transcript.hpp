// Terminal sessions as text: commands behind "$ " (further lines behind "> "), what they print
// below, "[exit N]" where that is not 0. A .txt file is one session; of a page of docs its
// ```console blocks are, in order. Lines that begin with "## " are comments in .txt files.
#pragma once

#include <string>
#include <vector>

namespace pintu::testing {

struct Step {
    std::string command;  // without its prompts
    std::vector<std::string> expected;
    std::size_t line = 0;  // of the command, 1-based
};

// What stands in a file, in order: lines that are kept as they are, and steps.
struct Piece {
    std::vector<std::string> text;  // of kept lines; of a step the blank lines that follow it
    bool is_step = false;
    Step step;
};

std::vector<Piece> parse_session(const std::string& text, bool markdown);
std::string write_session(const std::vector<Piece>& pieces);

}  // namespace pintu::testing
