#include "adapters/http/address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace pintu::http {
namespace {

using Bytes4 = std::array<std::uint8_t, 4>;
using Bytes16 = std::array<std::uint8_t, 16>;

bool forbidden4(const Bytes4& a) {
    return a[0] == 0 || (a[0] == 169 && a[1] == 254) || a[0] >= 224 ||
           a == Bytes4{100, 100, 100, 200};
}

bool forbidden6(const Bytes16& a) {
    static constexpr Bytes16 kMetadata = {0xfd, 0, 0x0e, 0xc2, 0, 0, 0, 0,
                                          0,    0, 0,    0,    0, 0, 2, 0x54};
    const bool zeros = std::all_of(a.begin(), a.begin() + 10, [](auto b) { return b == 0; });
    const bool mapped = zeros && a[10] == 0xff && a[11] == 0xff;
    const bool any = zeros && std::all_of(a.begin() + 10, a.end(), [](auto b) { return b == 0; });
    if (mapped) return forbidden4({a[12], a[13], a[14], a[15]});
    return any || (a[0] == 0xfe && (a[1] & 0xc0) == 0x80) || a[0] == 0xff || a == kMetadata;
}

template <class T>
T copied(const void* from) {
    T to{};
    std::memcpy(&to, from, sizeof to);
    return to;
}

}  // namespace

bool forbidden(const sockaddr& address, const std::string& host) {
    if (address.sa_family == AF_INET) {
        const auto whole = copied<sockaddr_in>(&address);
        const auto bytes = copied<Bytes4>(&whole.sin_addr);
        Bytes4 named{};
        const bool itself = inet_pton(AF_INET, host.c_str(), named.data()) == 1 && named == bytes;
        return !itself && forbidden4(bytes);
    }
    if (address.sa_family != AF_INET6) return true;
    const auto whole = copied<sockaddr_in6>(&address);
    const auto bytes = copied<Bytes16>(&whole.sin6_addr);
    Bytes16 named{};
    const bool itself = inet_pton(AF_INET6, host.c_str(), named.data()) == 1 && named == bytes;
    return !itself && forbidden6(bytes);
}

}  // namespace pintu::http
