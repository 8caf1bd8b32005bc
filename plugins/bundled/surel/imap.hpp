// IMAP as it is spoken: commands with tags, lines with literals. The server is not trusted: lines,
// literals and whole answers are bounded.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "line.hpp"
#include "plugins/sdk/plugin.hpp"

namespace surel {

// An untagged line; each "{123}" in it stands for the literal of that place.
struct ImapLine {
    std::string text;
    std::vector<std::string> literals;
};

struct ImapAnswer {
    bool ok = false;
    std::string said;  // "NO [TRYCREATE] ..."
    std::vector<ImapLine> lines;
};

class Imap {
  public:
    explicit Imap(std::unique_ptr<Line> line) : line_(std::move(line)) {}
    // `command` without tag and end of line. A failure: the connection is of no use any more.
    pintu::plugin::Outcome<ImapAnswer> ask(const std::string& command, std::size_t most_bytes,
                                           Deadline deadline);

  private:
    pintu::plugin::Outcome<ImapLine> read_line(std::size_t& budget, Deadline deadline);
    pintu::plugin::Done fill(Deadline deadline);
    pintu::plugin::Outcome<std::string> take(std::size_t bytes, Deadline deadline);

    std::unique_ptr<Line> line_;
    std::string come_;  // read and not used yet
    std::size_t used_ = 0;
    unsigned tag_ = 0;
};

}  // namespace surel
