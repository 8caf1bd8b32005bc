// A plugin that runs somewhere: in this process, in a process of its own behind a sandbox, or as a
// program that speaks JSON-RPC over its standard streams. Whoever holds one cannot tell which.
//
// Not trusted: whatever comes back is bounded (PINTU_MOST_DOCUMENT) and is only bytes; who asked
// checks them. One thread at a time. Errors of a call (PL0xx, engine/messages/plugins.cpp):
//   PL001 it did not answer in time; PL002 it crashed or went away (signal or exit code);
//   PL003 it broke the protocol; PL004 more bytes than a document may have.
// After any of them it is over: every later call gives PL005, until a new one is started.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.hpp"

namespace pintu::plugins {

using Milliseconds = std::chrono::milliseconds;

// As PINTU_OK ... in plugins/abi/pintu_plugin.h, in that order.
enum class Status : std::int32_t { ok, refused, later, unknown, failed, too_large };
constexpr std::int32_t kLastStatus = static_cast<std::int32_t>(Status::too_large);

struct Answer {
    Status status = Status::ok;
    std::string document;  // of ok: the answer; else why, in words for people; may be empty
    std::string copy;      // of evidence.inspect alone: the bytes that others may see
};

// What it said of itself when it was started.
struct Introduced {
    std::string name;
    std::string version;
    std::vector<std::string> extensions;  // ids: "pintu.channel/1"
};

// What a guest may ask for while it has been called, on the thread that called it. Methods and
// documents: docs/plugin-documents.md, "What a plugin may ask".
class Services {
  public:
    virtual ~Services() = default;
    virtual Answer ask(std::string_view method, std::string_view document) = 0;
    // A connected socket, the caller's to close; errors as Answer: refused, later.
    struct Connection {
        Status status = Status::refused;
        std::string why;
        int socket = -1;  // of ok
    };
    virtual Connection connect(std::string_view host, std::uint16_t port, Milliseconds timeout) = 0;
};

class Guest {
  public:
    virtual ~Guest() = default;  // ends it, at once and for certain
    // First, once. `config` is the document of "start"'s `config`.
    virtual Result<Introduced> start(std::string_view config, Milliseconds deadline) = 0;
    // "channel.poll" and its like. The deadline counts from the call.
    virtual Result<Answer> call(std::string_view method, std::string_view document,
                                Milliseconds deadline) = 0;
    // Lets it end by itself within the deadline, then ends it.
    virtual void stop(Milliseconds deadline) = 0;
};

}  // namespace pintu::plugins
