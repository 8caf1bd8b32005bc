// One outgoing HTTP(S) request: to the host of the URL, with no redirects, no proxy, no cookies and
// nothing remembered. Certificates are checked by the system's store. Any thread; blocks.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"
#include "engine/base/result.hpp"

namespace pintu::http {

// Where a URL leads: "https://api.example.go.id/masuk".
struct Destination {
    bool tls = false;
    std::string host;  // lower case; an IPv6 address without brackets
    std::uint16_t port = 0;
};

// http and https only, no user or password in it. HT020 otherwise.
Result<Destination> destination_of(const std::string& url);

struct Outgoing {
    std::string method = "GET";
    std::string url;
    Headers headers;
    std::string body;
    std::chrono::milliseconds timeout{10'000};  // name, connection and all of the response
    std::size_t most_response_bytes = 4U << 20;
    std::string trusted;  // file of CA certificates; "": the system's
};

// Any status is a response. HT020 URL, method or header that cannot be sent; HT021 a forbidden
// address (see address.hpp); HT022 no such name; HT023 no connection; HT024 not in time; HT025 its
// certificate is not trusted; HT026 longer than allowed; HT027 no HTTP came back.
Result<Response> send(const Outgoing& request);

}  // namespace pintu::http
