#include "plugins/host/link/socket.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace pintu::plugins {
namespace {

bool wait_for(int fd, short what, Deadline deadline) {
    for (;;) {
        timespec rest{};
        if (deadline) {
            const auto left = std::max(std::chrono::steady_clock::duration::zero(),
                                       *deadline - std::chrono::steady_clock::now());
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
            rest.tv_sec = seconds.count();
            rest.tv_nsec = std::chrono::nanoseconds(left - seconds).count();
        }
        pollfd one{fd, what, 0};
        const int ready = ::ppoll(&one, 1, deadline ? &rest : nullptr, nullptr);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

}  // namespace

Fd& Fd::operator=(Fd&& other) noexcept {
    if (this != &other) {
        reset();
        value_ = std::exchange(other.value_, -1);
    }
    return *this;
}

void Fd::reset() {
    if (value_ >= 0) ::close(std::exchange(value_, -1));
}

Pair make_socket_pair(int type) {
    int ends[2];
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0) return {};
    (void)::fcntl(ends[0], F_SETFL, O_NONBLOCK);
    return {Fd(ends[0]), Fd(ends[1])};
}

Pair make_pipe(bool theirs_writes) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {};
    const int ours = ends[theirs_writes ? 0 : 1];
    (void)::fcntl(ours, F_SETFL, O_NONBLOCK);
    return {Fd(ours), Fd(ends[theirs_writes ? 1 : 0])};
}

bool wait_readable(int fd, Deadline deadline) {
    return wait_for(fd, POLLIN, deadline);
}
bool wait_writable(int fd, Deadline deadline) {
    return wait_for(fd, POLLOUT, deadline);
}

bool send_packet(int fd, std::string_view bytes, const std::vector<int>& pass, Deadline deadline) {
    if (pass.size() > kMostPassed || bytes.size() > kMostPacket) return false;
    iovec piece{const_cast<char*>(bytes.data()), bytes.size()};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostPassed * sizeof(int))> control{};
    if (!pass.empty()) {
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(pass.size() * sizeof(int));
        cmsghdr* head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(pass.size() * sizeof(int));
        std::memcpy(CMSG_DATA(head), pass.data(), pass.size() * sizeof(int));
    }
    for (;;) {
        if (::sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return true;
        if (errno == EINTR) continue;
        if (errno != EAGAIN || !wait_writable(fd, deadline)) return false;
    }
}

namespace {

std::vector<Fd> passed_with(msghdr& message) {
    std::vector<Fd> passed;
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        const std::size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int one;
            std::memcpy(&one, CMSG_DATA(head) + i * sizeof one, sizeof one);
            passed.emplace_back(one);
        }
    }
    return passed;
}

}  // namespace

std::optional<Packet> receive_packet(int fd, Deadline deadline) {
    if (!wait_readable(fd, deadline)) return std::nullopt;
    Packet packet{std::string(kMostPacket, '\0'), {}};
    iovec piece{packet.bytes.data(), packet.bytes.size()};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostPassed * sizeof(int))> control{};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got;
    do got = ::recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0) return std::nullopt;
    packet.passed = passed_with(message);
    if (got == 0 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) return std::nullopt;
    packet.bytes.resize(static_cast<std::size_t>(got));
    return packet;
}

}  // namespace pintu::plugins
