// Events and checkpoints as bytes: what is accepted is written back as exactly those bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/history/checkpoint.hpp"
#include "engine/history/codec.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (const auto event = pintu::history::decode(bytes)) {
        if (pintu::history::encode(*event) != bytes) std::abort();
    }
    if (const auto checkpoint = pintu::history::parse_checkpoint(bytes)) {
        if (!bytes.starts_with(pintu::history::to_text(*checkpoint))) std::abort();
    }
    return 0;
}
