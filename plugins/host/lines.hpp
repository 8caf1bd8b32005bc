// Lines to and from a child, over descriptors that do not block. One thread. Bounded in every
// direction: a child that writes without end, or reads nothing, costs at most a few lines of memory
// and its caller's deadline. A write to a child that has gone raises no signal.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::plugins {

class Lines {
  public:
    enum class Event {
        line,      // take_line() has one
        late,      // nothing until then
        ended,     // the child has closed its output
        too_long,  // a line of more than `most_line` bytes
        choked     // it asks and asks, and does not read what it is answered
    };

    // The descriptors stay their owner's. What the child writes on `errors` is cut into lines of
    // kMostErrorLine bytes at most, for take_errors().
    Lines(int input, int output, int errors, std::size_t most_line);

    // Begun now, finished during wait(). A line end is added; `line` has none.
    void send(std::string_view line);
    // Until there is a line, or something is wrong. A line that came before it is told even when
    // `until` has passed.
    Event wait(std::chrono::steady_clock::time_point until);
    // After Event::line, once. Without its end.
    std::string take_line();
    // What was written on `errors` since the last time; more than kMostErrorLines are left out.
    std::vector<std::string> take_errors();
    // What has come and was not taken: an answer that nobody asked for. Looks, does not wait.
    bool anything_left();

    static constexpr std::size_t kMostErrorLine = 4'000;
    static constexpr std::size_t kMostErrorLines = 1'000;  // between two take_errors()

  private:
    bool fill();
    void flush();
    void read_errors();
    void cut_errors(bool all);

    int input_;
    int output_;
    int errors_;
    std::size_t most_line_;
    std::string outgoing_;
    std::size_t sent_ = 0;
    std::string incoming_;
    std::size_t searched_ = 0;  // of incoming_: no line end before it
    std::string error_bytes_;
    std::vector<std::string> error_lines_;
    bool ended_ = false;
};

}  // namespace pintu::plugins
