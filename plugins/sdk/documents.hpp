// The documents of docs/plugin-documents.md as values. Texts are UTF-8. Members that a document
// lacks are empty here.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pintu::plugin {

// ---- Channels
// ------------------------------------------------------------------------------------

struct Place {
    std::string region = {};  // "64.09.01"
    std::optional<double> lat = {};
    std::optional<double> lon = {};
    std::string note = {};
};

struct Reporter {
    std::string name = {};
    std::string phone = {};
    std::string email = {};
};

// A file below Engine::spool(): there until `taken` has named its report.
struct Attachment {
    std::string name = {};  // as the sender called it
    std::string path = {};
};

// What a citizen sent. `channel` is one of the manifest's; `external_id` makes the same report the
// same again. What is empty is left out.
struct Report {
    std::string channel = {};
    std::string external_id = {};
    std::string received_at = {};  // "2026-03-13T09:30:00+08:00"; see iso_time()
    std::string judul = {};
    std::string isi = {};
    std::optional<Place> place = {};
    std::string kategori_pelapor = {};
    Reporter reporter = {};
    bool anonim = false;
    bool rahasia = false;
    std::vector<Attachment> attachments = {};
    boost::json::object fields = {};  // what else the report's schema has
    // Members as they came, those above among them; what is not empty above counts before them.
    boost::json::object others = {};
};

struct Reports {
    std::vector<Report> reports = {};  // at most as many as were asked for
    bool more = false;                 // there are more: the engine polls again at once
};

// What became of a report.
struct Taken {
    struct Problem {
        std::string code;
        std::string message;
    };
    std::string external_id = {};
    std::string status = {};       // "accepted" | "repeated" | "conflict" | "rejected"
    std::string tracking_id = {};  // of the first two
    std::vector<Problem> errors = {};
    // In the engine's store: a conflict or a rejected one is not, and never will be.
    bool is_in() const { return status == "accepted" || status == "repeated"; }
};

// ---- Connectors
// ----------------------------------------------------------------------------------

// A message to a person. The same `key` is the same message: it must not go out twice.
struct Message {
    std::string key = {};
    std::int64_t attempt = 1;
    std::string agency = {};
    std::string case_id = {};
    std::string tracking_id = {};
    std::string channel = {};
    std::string kind = {};
    std::string message_template = {};
    std::string at = {};
    std::string language = {};
    std::string subject = {};
    std::string text = {};
    struct Recipient {
        std::string external_id;
        std::string name;
        std::string phone;
        std::string email;
    } to;                               // only what the manifest names and the case has
    boost::json::object document = {};  // all of it, as it came
};

// ---- Facts
// ---------------------------------------------------------------------------------------

struct FactQuestion {
    std::string fact = {};
    std::vector<std::pair<std::string, std::string>> arguments;
    // Empty: not told.
    std::string_view argument(std::string_view name) const;
};

// ---- HTTP
// ----------------------------------------------------------------------------------------

using Headers = std::vector<std::pair<std::string, std::string>>;
// The first of that name, in whatever case; nothing: none.
std::optional<std::string_view> header(const Headers& headers, std::string_view name);
// How many of that name there are.
std::size_t header_count(const Headers& headers, std::string_view name);

// One that came to a route that this plugin opened.
struct HttpRequest {
    std::string method = {};
    std::string path = {};
    std::string query = {};
    Headers headers = {};
    std::string body = {};  // bytes
};

struct HttpResponse {
    int status = 200;
    Headers headers = {};
    std::string body = {};  // text
};

// One that the engine makes for this plugin.
struct Call {
    std::string method = "GET";
    std::string url = {};
    Headers headers = {};
    std::string body = {};  // bytes
    int timeout_ms = 5000;
};

// ---- Evidence
// ------------------------------------------------------------------------------------

struct Inspected {
    std::string type = {};  // "image/jpeg"
    std::optional<std::int64_t> width = {};
    std::optional<std::int64_t> height = {};
    std::optional<double> lat = {};
    std::optional<double> lon = {};
    std::string copy = {};            // the bytes that others may see
    boost::json::object fields = {};  // what else is to be said
};

}  // namespace pintu::plugin

#include "plugins/sdk/documents_json.hpp"
