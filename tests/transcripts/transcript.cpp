#include "tests/transcripts/transcript.hpp"

#include <algorithm>
#include <sstream>

namespace pintu::testing {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

// The shell's second prompt before each further line.
bool continues(const std::string& line) {
    return line == ">" || line.rfind("> ", 0) == 0;
}

std::string with_prompts(const std::string& command) {
    std::string text;
    for (std::size_t i = 0; i < command.size(); ++i) {
        text += command[i];
        if (command[i] != '\n') continue;
        const bool blank = i + 1 == command.size() || command[i + 1] == '\n';
        text += blank ? ">" : "> ";
    }
    return text;
}

bool begins_step(const std::string& line) {
    return line.rfind("$ ", 0) == 0;
}

}  // namespace

std::vector<Piece> parse_session(const std::string& text, bool markdown) {
    const auto lines = lines_of(text);
    std::vector<Piece> pieces;
    bool inside = !markdown;
    const auto ends_output = [&](const std::string& line) {
        return begins_step(line) || (markdown ? line == "```" : line.rfind("## ", 0) == 0);
    };
    for (std::size_t i = 0; i < lines.size();) {
        if (!inside || !begins_step(lines[i])) {
            if (markdown) inside = inside ? lines[i] != "```" : lines[i] == "```console";
            pieces.push_back({{lines[i++]}, false, {}});
            continue;
        }
        Piece piece{{}, true, {lines[i].substr(2), {}, i + 1}};
        for (++i; i < lines.size() && continues(lines[i]); ++i)
            piece.step.command += "\n" + lines[i].substr(std::min<std::size_t>(2, lines[i].size()));
        for (; i < lines.size() && !ends_output(lines[i]); ++i)
            piece.step.expected.push_back(lines[i]);
        while (!piece.step.expected.empty() && piece.step.expected.back().empty()) {
            piece.step.expected.pop_back();
            piece.text.emplace_back();
        }
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

std::string write_session(const std::vector<Piece>& pieces) {
    std::string text;
    for (const auto& piece : pieces) {
        if (piece.is_step) {
            text += "$ " + with_prompts(piece.step.command) + "\n";
            for (const auto& line : piece.step.expected) text += line + "\n";
        }
        for (const auto& line : piece.text) text += line + "\n";
    }
    return text;
}

}  // namespace pintu::testing
