// Descriptors between the engine, the launcher and its guests. Links nothing of the engine's.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pintu::plugins {

// A descriptor that closes itself, and can be moved to another name.
class Fd {
  public:
    Fd() = default;
    explicit Fd(int value) : value_(value) {}
    ~Fd() { reset(); }
    Fd(Fd&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Fd& operator=(Fd&& other) noexcept;
    int get() const { return value_; }
    bool open() const { return value_ >= 0; }
    int release() { return std::exchange(value_, -1); }
    void reset();

  private:
    int value_ = -1;
};

struct Pair {
    Fd ours;
    Fd theirs;
};

// Both close on exec; ours does not block. Not open where the system has none left.
Pair make_socket_pair(int type);     // SOCK_STREAM, SOCK_SEQPACKET
Pair make_pipe(bool theirs_writes);  // our end is the other one

using Deadline = std::optional<std::chrono::steady_clock::time_point>;  // nothing: none

// Whether it can be read from (or its other end is gone) before the deadline.
bool wait_readable(int fd, Deadline deadline);
bool wait_writable(int fd, Deadline deadline);

// One packet of a SOCK_SEQPACKET with descriptors, at most kMostPassed. False: the other end is
// gone, or did not take it in time.
constexpr std::size_t kMostPassed = 4;
constexpr std::size_t kMostPacket = 64U << 10U;
bool send_packet(int fd, std::string_view bytes, const std::vector<int>& pass, Deadline deadline);
struct Packet {
    std::string bytes;
    std::vector<Fd> passed;
};
// Nothing: gone, not in time, or longer than a packet may be.
std::optional<Packet> receive_packet(int fd, Deadline deadline);

}  // namespace pintu::plugins
