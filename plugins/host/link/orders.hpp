// What the engine and the launcher say to one another over the control socket (SOCK_SEQPACKET), and
// what is told of a guest's end through a pipe of its own. Links nothing of the engine's.
//
// First the launcher says what the kernel gives (Grants). Then, for each guest, the engine sends an
// Order with four descriptors (input, output, errors, report; of a file input and output are the
// same socket) and gets Made, with the guest's pidfd where there is one. End of the control socket:
// the launcher and all its guests end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace pintu::plugins {

constexpr std::uint32_t kLinkVersion = 1;

struct Grants {
    std::uint32_t version = kLinkVersion;
    std::int32_t landlock = 0;
    bool no_new_privileges = false;
    bool seccomp = false;
    bool user_namespaces = false;
    bool network_namespace = false;
    bool pid_namespace = false;
};

struct Order {
    std::string name;
    std::string file;
    std::string folder;
    std::vector<std::string> command;
    std::vector<std::string> readable;
    std::vector<std::string> writable;
    std::int64_t memory_mb = 0;
    std::int64_t open_files = 0;
    bool operator==(const Order&) const = default;
};
std::string encode(const Order& order);
std::optional<Order> decode_order(std::string_view bytes);

struct Made {
    std::int32_t error = 0;  // errno
    std::int32_t pid = 0;    // as the launcher sees it
};

// Through the report pipe: `refused` by the guest's process itself, before it runs anything of the
// plugin's; `ended` by the launcher, last.
struct Report {
    enum class Kind : std::uint32_t { refused = 1, exited = 2, killed = 3 } kind = Kind::exited;
    std::int32_t number = 0;  // errno, exit code, signal
    char why[248] = {};       // of refused; terminated
};

template <class T>
std::string as_bytes(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    return {reinterpret_cast<const char*>(&value), sizeof value};
}
template <class T>
std::optional<T> from_bytes(std::string_view bytes) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (bytes.size() != sizeof(T)) return std::nullopt;
    T value;
    bytes.copy(reinterpret_cast<char*>(&value), sizeof value);
    return value;
}

}  // namespace pintu::plugins
