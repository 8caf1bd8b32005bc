#include "imap.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace surel {

using pintu::plugin::done;
using pintu::plugin::Done;
using pintu::plugin::later;
using pintu::plugin::Outcome;

namespace {

constexpr std::size_t kMostLineBytes = 4U << 20;  // SEARCH answers hundreds of thousands of numbers
constexpr std::size_t kMostLines = 100'000;

// "... {123}" -> 123
std::optional<std::size_t> literal_size(std::string_view line) {
    const auto open = line.rfind('{');
    if (line.empty() || line.back() != '}' || open == std::string_view::npos) return std::nullopt;
    std::size_t size = 0;
    const char* end = line.data() + line.size() - 1;
    const auto [last, error] = std::from_chars(line.data() + open + 1, end, size);
    if (error != std::errc() || last != end) return std::nullopt;
    return size;
}

}  // namespace

Done Imap::fill(Deadline deadline) {
    if (used_ > 0) come_.erase(0, std::exchange(used_, 0));
    auto more = line_->receive(deadline);
    if (!more) return more.failure();
    come_ += *more;
    return done();
}

Outcome<std::string> Imap::take(std::size_t bytes, Deadline deadline) {
    std::string taken = come_.substr(used_, bytes);
    used_ += taken.size();
    while (taken.size() < bytes) {
        if (auto filled = fill(deadline); !filled) return filled.failure();
        const std::size_t some = std::min(bytes - taken.size(), come_.size());
        taken.append(come_, 0, some);
        used_ = some;
    }
    return taken;
}

Outcome<ImapLine> Imap::read_line(std::size_t& budget, Deadline deadline) {
    ImapLine line;
    for (;;) {
        std::size_t end = 0;
        for (std::size_t from = used_; (end = come_.find("\r\n", from)) == std::string::npos;) {
            const std::size_t waiting = come_.size() - used_;
            if (waiting > kMostLineBytes) return later("server IMAP mengirim baris tanpa akhir");
            if (auto filled = fill(deadline); !filled) return filled.failure();
            from = waiting > 0 ? waiting - 1 : 0;
        }
        const std::string_view piece = std::string_view(come_).substr(used_, end - used_);
        const auto size = literal_size(piece);
        if (piece.size() + size.value_or(0) > budget)
            return later("server IMAP mengirim lebih banyak daripada yang diminta");
        budget -= piece.size() + size.value_or(0);
        line.text += piece;
        used_ = end + 2;
        if (!size) return line;
        auto literal = take(*size, deadline);
        if (!literal) return literal.failure();
        line.literals.push_back(std::move(*literal));
    }
}

Outcome<ImapAnswer> Imap::ask(const std::string& command, std::size_t most_bytes,
                              Deadline deadline) {
    const std::string tag = "P" + std::to_string(++tag_);
    if (auto sent = line_->send(tag + " " + command + "\r\n", deadline); !sent)
        return sent.failure();
    ImapAnswer answer;
    for (std::size_t budget = most_bytes; answer.lines.size() < kMostLines;) {
        auto line = read_line(budget, deadline);
        if (!line) return line.failure();
        if (line->text.rfind(tag + " ", 0) == 0) {
            answer.said = line->text.substr(tag.size() + 1);
            answer.ok = answer.said.rfind("OK", 0) == 0;
            return answer;
        }
        answer.lines.push_back(std::move(*line));
    }
    return later("server IMAP tidak mengakhiri jawabannya");
}

}  // namespace surel
