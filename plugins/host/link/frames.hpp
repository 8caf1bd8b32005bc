// What the engine and a compiled plugin's process say to one another: frames of bounded length over
// a stream socket. The engine speaks first and waits for the answer; while it waits, the guest may
// ask it (`service`) and waits for that answer. Links nothing of the engine's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/link/socket.hpp"

namespace pintu::plugins {

enum class FrameKind : std::uint16_t {
    start = 1,       // first: -; second: configuration
    call = 2,        // first: method; second: document
    served = 3,      // answer to `service`; second: document or why; may pass a descriptor
    stop = 4,        // -
    ready = 17,      // answer to `start`; second: {"name","version","extensions"}
    not_ready = 18,  // answer to `start`; status: NotReady; first: of what; second: why
    answer = 19,     // answer to `call`; first: the answer; second: the copy
    service = 20,    // first: method; second: document
    stopped = 21,    // answer to `stop`
    broken = 22      // answer to `call`: the plugin broke the contract; second: how
};

// Which error of Opened's (opened.hpp) it was: PL022 to PL025, PL016, PL003.
enum class NotReady : std::uint16_t { load, symbol, abi, lies, refused, broke };
constexpr std::uint16_t kLastNotReady = static_cast<std::uint16_t>(NotReady::broke);

struct Frame {
    FrameKind kind = FrameKind::call;
    std::uint16_t status = 0;
    std::uint64_t id = 0;  // of the call or service; an answer repeats it
    std::string first;
    std::string second;
    Fd passed;
};

constexpr std::size_t kMostPart = PINTU_MOST_DOCUMENT;

enum class Broken {
    late,      // not within the deadline
    closed,    // the other end is gone
    too_long,  // a part is longer than kMostPart: nothing of it was read
};

class FrameSocket {
  public:
    // `accepts`: takes descriptors that are passed (the guest does, the engine never).
    FrameSocket(Fd socket, bool accepts);

    // No exceptions, and no copy of the parts. Nothing: sent.
    std::optional<Broken> send(FrameKind kind, std::uint16_t status, std::uint64_t id,
                               std::string_view first, std::string_view second, Deadline deadline,
                               int pass = -1);
    std::variant<Frame, Broken> receive(Deadline deadline);
    // Whether something came that was not asked for.
    bool something_waits();

  private:
    std::optional<Broken> fill(std::size_t wanted, Deadline deadline);
    std::optional<Broken> read(char* to, std::size_t size, std::size_t& got, Deadline deadline);
    std::optional<Broken> take(std::string& part, std::size_t size, Deadline deadline);

    Fd socket_;
    bool accepts_;
    std::string buffer_;
    std::size_t begin_ = 0;  // what is there and not taken yet: [begin_, end_)
    std::size_t end_ = 0;
    Fd passed_;
};

}  // namespace pintu::plugins
