// pintu.yaml beside the definitions: how this machine runs them. It is not part of what is
// published; docs/operations.md has its keys.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/cli/io.hpp"
#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"
#include "engine/runtime/delivery.hpp"
#include "plugins/host/plugins.hpp"

namespace pintu::cli {

constexpr const char* kSettingsFile = "pintu.yaml";

struct Settings {
    std::string store;                                 // "": sqlite:var/pintu.db
    std::int64_t batch = 256;                          // cases in one commit; 1..10000
    std::int64_t lease_ms = 10'000;                    // of a node's turn; 1000..600000
    std::map<std::string, std::int64_t> per_minute;    // messages by a channel; 1..1000000
    std::map<std::string, runtime::QuietHours> quiet;  // of channels
    std::string outbox;                                // "": beside the store (outbox_path)
    std::string metrics;                               // address to be scraped at; "": none
    std::string http;                                  // address of the listener; "": none
    std::vector<plugins::Chosen> plugins;              // by name; folders are absolute
    std::int64_t most_file_bytes = 20 << 20;           // of one attachment; 1..64 MiB
    std::int64_t most_report_bytes = 60 << 20;         // of all of a report's
    std::shared_ptr<SourceSet> sources;                // that the spans of `plugins` point into
};

// Of DIR/pintu.yaml; what is wrong goes to `diagnostics`, and its place keeps its default; but
// `store` stays as written, so that no command takes another store for it, and is store::kUnread
// and the file where something is wrong and no store is written: it may stand under another key. No
// file: all defaults.
Settings read_settings(const std::string& directory, SourceSet& sources, Diagnostics& diagnostics);

// As above for commands, with its own `sources`; false where something is wrong, said on err.
bool read_settings(const Options& options, Settings& settings, const Io& io);

}  // namespace pintu::cli
