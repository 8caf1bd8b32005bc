#include "plugins/host/link/frames.hpp"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace pintu::plugins {
namespace {

constexpr std::size_t kBuffer = 64U << 10U;

struct Head {
    std::uint32_t first;
    std::uint32_t second;
    std::uint16_t kind;
    std::uint16_t status;
    std::uint32_t reserved;
    std::uint64_t id;
};
static_assert(sizeof(Head) == 24);

// What is left of some pieces after `done` bytes of them have gone.
void skip(msghdr& message, std::size_t done) {
    while (done > 0) {
        iovec& piece = *message.msg_iov;
        const std::size_t part = std::min(done, piece.iov_len);
        piece.iov_base = static_cast<char*>(piece.iov_base) + part;
        piece.iov_len -= part;
        done -= part;
        if (piece.iov_len > 0) return;
        ++message.msg_iov;
        --message.msg_iovlen;
    }
}

struct Control {
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> bytes{};
};

void attach(msghdr& message, Control& control, int fd) {
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof fd);
    std::memcpy(CMSG_DATA(head), &fd, sizeof fd);
}

Fd detach(msghdr& message) {
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (head == nullptr || head->cmsg_type != SCM_RIGHTS) return Fd();
    int fd;
    std::memcpy(&fd, CMSG_DATA(head), sizeof fd);
    return Fd(fd);
}

bool would_wait() {
    return errno == EAGAIN || errno == EWOULDBLOCK;
}

}  // namespace

FrameSocket::FrameSocket(Fd socket, bool accepts)
    : socket_(std::move(socket)), accepts_(accepts), buffer_(kBuffer, '\0') {}

std::optional<Broken> FrameSocket::send(FrameKind kind, std::uint16_t status, std::uint64_t id,
                                        std::string_view first, std::string_view second,
                                        Deadline deadline, int pass) {
    if (first.size() > kMostPart || second.size() > kMostPart) return Broken::too_long;
    Head head{static_cast<std::uint32_t>(first.size()),
              static_cast<std::uint32_t>(second.size()),
              static_cast<std::uint16_t>(kind),
              status,
              0,
              id};
    std::array<iovec, 3> pieces{{{&head, sizeof head},
                                 {const_cast<char*>(first.data()), first.size()},
                                 {const_cast<char*>(second.data()), second.size()}}};
    std::size_t left = sizeof head + first.size() + second.size();
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = pieces.size();
    Control control;
    if (pass >= 0) attach(message, control, pass);
    while (left > 0) {
        const ssize_t sent =
            ::sendmsg(socket_.get(), &message, MSG_NOSIGNAL | (deadline ? MSG_DONTWAIT : 0));
        if (sent > 0) {
            message.msg_control = nullptr;
            message.msg_controllen = 0;
            left -= static_cast<std::size_t>(sent);
            skip(message, static_cast<std::size_t>(sent));
        } else if (sent < 0 && would_wait()) {
            if (!wait_writable(socket_.get(), deadline)) return Broken::late;
        } else if (sent == 0 || errno != EINTR) {
            return Broken::closed;
        }
    }
    return std::nullopt;
}

std::optional<Broken> FrameSocket::read(char* to, std::size_t size, std::size_t& got,
                                        Deadline deadline) {
    iovec piece{to, size};
    Control control;
    for (;;) {
        if (deadline && !wait_readable(socket_.get(), deadline)) return Broken::late;
        msghdr message{};
        message.msg_iov = &piece;
        message.msg_iovlen = 1;
        if (accepts_) {
            message.msg_control = control.bytes.data();
            message.msg_controllen = control.bytes.size();
        }
        const ssize_t came =
            ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC | (deadline ? MSG_DONTWAIT : 0));
        if (came > 0) {
            if (accepts_ && message.msg_controllen > 0) passed_ = detach(message);
            got = static_cast<std::size_t>(came);
            return std::nullopt;
        }
        if (came == 0 || (errno != EINTR && !would_wait())) return Broken::closed;
    }
}

// Until `wanted` bytes (few) are in the buffer.
std::optional<Broken> FrameSocket::fill(std::size_t wanted, Deadline deadline) {
    if (begin_ == end_) begin_ = end_ = 0;
    if (buffer_.size() - begin_ < wanted) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= std::exchange(begin_, 0);
    }
    while (end_ - begin_ < wanted) {
        std::size_t got = 0;
        if (auto broken = read(buffer_.data() + end_, buffer_.size() - end_, got, deadline))
            return broken;
        end_ += got;
    }
    return std::nullopt;
}

// What is in the buffer, then the rest straight into the part: memory grows as bytes come.
std::optional<Broken> FrameSocket::take(std::string& part, std::size_t size, Deadline deadline) {
    const std::size_t here = std::min(size, end_ - begin_);
    part.assign(buffer_.data() + begin_, here);
    begin_ += here;
    while (part.size() < size) {
        const std::size_t before = part.size();
        part.resize(std::min(size, std::max(before * 2, kBuffer)));
        std::size_t got = 0;
        if (auto broken = read(part.data() + before, part.size() - before, got, deadline))
            return broken;
        part.resize(before + got);
    }
    return std::nullopt;
}

std::variant<Frame, Broken> FrameSocket::receive(Deadline deadline) {
    if (auto broken = fill(sizeof(Head), deadline)) return *broken;
    Head head;
    std::memcpy(&head, buffer_.data() + begin_, sizeof head);
    begin_ += sizeof head;
    if (head.first > kMostPart || head.second > kMostPart) return Broken::too_long;
    Frame frame{static_cast<FrameKind>(head.kind), head.status, head.id, "", "", Fd()};
    if (auto broken = take(frame.first, head.first, deadline)) return *broken;
    if (auto broken = take(frame.second, head.second, deadline)) return *broken;
    frame.passed = std::move(passed_);
    return frame;
}

bool FrameSocket::something_waits() {
    if (begin_ != end_) return true;
    char one;
    return ::recv(socket_.get(), &one, 1, MSG_DONTWAIT | MSG_PEEK) > 0;
}

}  // namespace pintu::plugins
