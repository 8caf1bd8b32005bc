// A plugin is a class of your own and one line. What it can do is told by the functions that it
// has; plugin.yaml must name the same. No base class, no other function to export.
//
//     class Pos {
//       public:
//         explicit Pos(pintu::plugin::Engine& engine);     // may throw: then it does not start
//         Outcome<Reports> poll(std::int64_t limit);       // a channel has these two:
//         Done taken(const std::vector<Taken>& answers);
//         Done send(const Message& message);               // a connector
//         Outcome<std::string> answer(const FactQuestion& question);   // a fact
//         HttpResponse handle(const HttpRequest& request); // of a route that it opened
//         Outcome<Inspected> inspect(std::string_view file);           // evidence
//     };
//     PINTU_PLUGIN(Pos, "pos", "1.0.0")
//
// Whatever it throws is caught before it leaves, and answered as PINTU_FAILED with the words. One
// function at a time is called, not always on the same thread. The destructor runs at the end.
#pragma once

#include <memory>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/sdk/documents.hpp"
#include "plugins/sdk/engine.hpp"
#include "plugins/sdk/outcome.hpp"
#include "plugins/sdk/trampolines.hpp"

// Defines the one exported function. Once per plugin, outside of any namespace.
#define PINTU_PLUGIN(Type, plugin_name, plugin_version)                                 \
    extern "C" PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi);  \
    extern "C" PINTU_EXPORT const pintu_plugin* pintu_plugin_entry(uint32_t host_abi) { \
        static const pintu_plugin kPlugin =                                             \
            pintu::plugin::detail::described<Type>(plugin_name, plugin_version);        \
        return host_abi >= PINTU_ABI ? &kPlugin : nullptr;                              \
    }                                                                                   \
    static_assert(true, "a semicolon may follow")
