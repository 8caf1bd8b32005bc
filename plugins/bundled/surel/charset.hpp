// Text of letters as UTF-8, whatever their senders say that it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace surel {

bool is_utf8(std::string_view bytes);

// `charset`: as the letter has it; may be empty, unknown or wrong. Bytes that are UTF-8 are taken
// as such where a letter says so, says nothing, or says an 8-bit charset (a lie that is common).
// What cannot be read by the charset that is named is read as Windows-1252. Always UTF-8 without
// NULs; `wrong` is set where it was not what it said.
std::string to_utf8(std::string_view bytes, std::string_view charset, bool& wrong);

// Holds what the charsets of letters need, from the start on: a plugin that runs loads no code.
class Charsets {
  public:
    Charsets();
    ~Charsets();
    Charsets(const Charsets&) = delete;
    Charsets& operator=(const Charsets&) = delete;

  private:
    std::vector<void*> open_;
};

// For one line: no control characters, no ends of lines, single spaces, no more than that many
// bytes.
std::string one_line(std::string_view utf8, std::size_t most_bytes);
// For a text: LF at ends of lines, no other control characters, no white space at both ends.
std::string many_lines(std::string_view utf8);
// Cut where a character ends.
std::string_view cut(std::string_view utf8, std::size_t most_bytes);

}  // namespace surel
