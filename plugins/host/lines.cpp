#include "plugins/host/lines.hpp"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace pintu::plugins {
namespace {

constexpr std::size_t kPiece = 64U << 10U;
constexpr int kMostPieces = 64;  // of one descriptor before the others have their turn

// A write to who has gone is an error here, and not the end of the engine.
class NoPipeSignal {
  public:
    NoPipeSignal() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        sigset_t pending;
        sigpending(&pending);
        had_ = sigismember(&pending, SIGPIPE) == 1;
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~NoPipeSignal() {
        const timespec now{0, 0};
        if (!had_) sigtimedwait(&pipe_, nullptr, &now);
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    NoPipeSignal(const NoPipeSignal&) = delete;
    NoPipeSignal& operator=(const NoPipeSignal&) = delete;

  private:
    sigset_t pipe_;
    sigset_t before_;
    bool had_ = false;
};

// Bytes that were there; -1: none now; 0: the end.
ssize_t read_piece(int file, std::string& into) {
    const std::size_t before = into.size();
    into.resize(before + kPiece);
    ssize_t got = 0;
    do got = ::read(file, into.data() + before, kPiece);
    while (got < 0 && errno == EINTR);
    into.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK) return 0;
    return got;
}

int milliseconds_until(std::chrono::steady_clock::time_point until) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 600'000));
}

}  // namespace

Lines::Lines(int input, int output, int errors, std::size_t most_line)
    : input_(input), output_(output), errors_(errors), most_line_(most_line) {}

void Lines::send(std::string_view line) {
    outgoing_.append(line);
    outgoing_ += '\n';
    flush();
}

void Lines::flush() {
    if (outgoing_.empty()) return;
    if (input_ < 0) sent_ = outgoing_.size();
    const NoPipeSignal guard;
    while (sent_ < outgoing_.size()) {
        const auto written = ::write(input_, outgoing_.data() + sent_, outgoing_.size() - sent_);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
        if (written < 0) {  // it reads no more; its output will tell whether it has gone
            input_ = -1;
            sent_ = outgoing_.size();
            break;
        }
        sent_ += static_cast<std::size_t>(written);
    }
    if (sent_ == outgoing_.size()) {
        outgoing_.clear();
        sent_ = 0;
    }
}

// False: nothing came.
bool Lines::fill() {
    bool any = false;
    for (int i = 0; i < kMostPieces && !ended_ && incoming_.size() <= most_line_; ++i) {
        const auto got = read_piece(output_, incoming_);
        if (got < 0) break;
        if (got == 0) ended_ = true;
        any = any || got > 0;
    }
    return any;
}

void Lines::read_errors() {
    for (int i = 0; i < kMostPieces && errors_ >= 0; ++i) {
        const auto got = read_piece(errors_, error_bytes_);
        if (got == 0) errors_ = -1;
        if (got <= 0) break;
        cut_errors(false);
    }
}

void Lines::cut_errors(bool all) {
    while (!error_bytes_.empty()) {
        const auto end = error_bytes_.find('\n');
        if (end == std::string::npos && error_bytes_.size() < kMostErrorLine && !all) return;
        const std::size_t size = std::min({end, error_bytes_.size(), kMostErrorLine});
        if (error_lines_.size() < kMostErrorLines && size > 0)
            error_lines_.push_back(error_bytes_.substr(0, size));
        error_bytes_.erase(0, size + (size == end ? 1 : 0));
    }
}

Lines::Event Lines::wait(std::chrono::steady_clock::time_point until) {
    for (;;) {
        flush();
        read_errors();
        const auto end = incoming_.find('\n', searched_);
        if (end != std::string::npos) return end > most_line_ ? Event::too_long : Event::line;
        searched_ = incoming_.size();
        if (incoming_.size() > most_line_) return Event::too_long;
        if (ended_) return Event::ended;
        if (outgoing_.size() - sent_ > 4 * most_line_) return Event::choked;
        if (fill() || ended_) continue;
        const int patience = milliseconds_until(until);
        if (patience == 0) return Event::late;
        const bool more = !outgoing_.empty();
        pollfd files[] = {
            {output_, POLLIN, 0}, {errors_, POLLIN, 0}, {more ? input_ : -1, POLLOUT, 0}};
        ::poll(files, std::size(files), patience);
    }
}

std::string Lines::take_line() {
    const auto end = incoming_.find('\n', searched_);
    std::string line = incoming_.substr(0, end);
    incoming_.erase(0, end == std::string::npos ? end : end + 1);
    searched_ = 0;
    return line;
}

std::vector<std::string> Lines::take_errors() {
    read_errors();
    cut_errors(true);
    return std::exchange(error_lines_, {});
}

bool Lines::anything_left() {
    if (incoming_.empty()) fill();
    return !incoming_.empty();
}

}  // namespace pintu::plugins
