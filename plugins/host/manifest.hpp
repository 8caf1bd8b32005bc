// plugin.yaml: what a plugin says it is and what it needs. The engine holds it to that: an answer
// beyond it is refused. docs/plugins.md has the keys by example.
//
//     plugin: surel
//     version: 1.0.0
//     abi: 1
//     title: Surat elektronik
//     kinds: [channel, connector]          # channel | connector | fact | evidence
//     run: libsurel.so                     # or  command: [python3, main.py]
//     channels: [surel]                    # that it brings reports in by, or sends messages by
//     answers: recorded                    # of facts: pure | recorded
//     facts:
//       bahaya: {arguments: [isi], gives: [aman, mungkin, akut]}
//     config:
//       imap_host: {type: text, required: true}
//       imap_port: {type: integer, from: 1, to: 65535, default: 993}
//       mode:      {type: [idle, poll], default: poll}
//       inbox:     {type: folder, required: true}
//     secrets: [password]
//     permissions:
//       hosts: ["config.imap_host:config.imap_port", "api.example.go.id:443"]
//       folders: {config.inbox: write, words: read}     # words: below the plugin's own folder
//       personal: [isi, reporter_name]                  # fields of reports that it may be given
//     deadlines: {poll_ms: 30000, send_ms: 30000, fact_ms: 200, http_ms: 5000}
//     limits: {memory_mb: 256, open_files: 64}
//     end: surel
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"

namespace pintu::plugins {

constexpr const char* kManifestFile = "plugin.yaml";
// What `permissions: personal` may name: fields of reports (docs/json.md).
constexpr std::string_view kPersonalFields[] = {"isi",           "judul",          "place_note",
                                                "reporter_name", "reporter_phone", "reporter_email",
                                                "as_sent",       "attachments"};

enum class Kind { channel, connector, fact, evidence };
std::string_view kind_name(Kind kind);

// A key of the configuration.
struct ConfigKey {
    enum class Type { text, integer, yes_no, choice, folder, file } type = Type::text;
    std::vector<std::string> choices;
    std::int64_t low = 0;
    std::int64_t high = 0;
    bool required = false;
    std::optional<std::string> fallback;  // `default`, as written
};

struct FactOffer {
    std::vector<std::string> arguments;
    std::vector<std::string> gives;  // empty: any value of the rule's type
};

struct FolderPermission {
    std::string path;  // or "config.KEY"
    bool write = false;
};

struct Manifest {
    std::string name;  // [a-z][a-z0-9_-]{0,31}
    std::string version;
    std::uint32_t abi = 0;
    std::string title;
    std::vector<Kind> kinds;
    std::string run;                   // a file of its folder; or
    std::vector<std::string> command;  // a program and its arguments
    std::vector<std::string> channels;
    bool pure = false;
    std::map<std::string, FactOffer> facts;
    std::map<std::string, ConfigKey> config;
    std::vector<std::string> secrets;
    std::vector<std::string> hosts;  // "name:port", either "config.KEY"
    std::vector<FolderPermission> folders;
    std::vector<std::string> personal;
    std::int64_t poll_ms = 30'000;
    std::int64_t send_ms = 30'000;
    std::int64_t fact_ms = 200;
    std::int64_t http_ms = 5'000;
    std::int64_t memory_mb = 256;
    std::int64_t open_files = 64;

    std::string folder;        // where it was read
    std::string identity;      // "NAME VERSION sha256:..." over the manifest and what it runs
    std::string file() const;  // of `run`: absolute

    bool has(Kind kind) const;
    bool may_see(std::string_view personal_field) const;
};

// Nothing where there are errors (PL1xx): of the file, or a file that it names and that is not
// there. `named_at`: where the folder is named, if anywhere; PL101 (no manifest) stands there.
std::optional<Manifest> read_manifest(const std::string& folder, SourceSet& sources,
                                      Diagnostics& diagnostics, Span named_at = {});

}  // namespace pintu::plugins
