// A program that speaks JSON-RPC 2.0 over its standard streams, one object a line; what it writes
// on its standard error goes to its log (services: "log.write", level warning). It may ask services
// while it has been called and at no other time.
#pragma once

#include <memory>
#include <string>

#include "plugins/host/guest.hpp"
#include "plugins/host/launch.hpp"

namespace pintu::plugins {

// A line may be longer than the document in it: a letter of two bytes may be written as "\\u00e9",
// bytes travel as Base64, and there is a frame around.
constexpr std::size_t kMostLine = 3 * (16U << 20U) + (64U << 10U);

struct StdioSettings {
    std::string name;  // of the plugin
    std::string kind;  // of this instance
};

// Not started yet. `services` outlives it.
std::unique_ptr<Guest> make_stdio_guest(StdioSettings settings, std::unique_ptr<Child> child,
                                        Services& services);

}  // namespace pintu::plugins
