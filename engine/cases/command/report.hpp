// What a citizen sent, as it came in. Adapters read JSON or CSV into it (`pintu intake`); the shape
// is that of docs/json.md, "report in".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/hash.hpp"
#include "engine/base/instant.hpp"

namespace pintu::cases {

struct ReportAttachment {
    std::string name;
    std::string kind;  // "foto", ...; "" where the sender did not say
    Digest content{};  // SHA-256 of the file; zero where only its name is known
    std::int64_t size_bytes = 0;
    bool operator==(const ReportAttachment&) const = default;
};

struct Report {
    std::string channel;
    std::string external_id;
    std::optional<Instant> received_at;  // absent: when it was taken in
    std::string judul;
    std::string isi;
    std::string region;  // place.region, a code; "" unknown
    std::optional<std::int32_t> lat_udeg;
    std::optional<std::int32_t> lon_udeg;
    std::string place_note;
    std::string kategori_pelapor;  // a category's path; "" none
    std::string reporter_name;
    std::string reporter_phone;
    std::string reporter_email;
    bool anonim = false;
    bool rahasia = false;
    std::vector<ReportAttachment> attachments;
    // `fields` of the report: JSON true and false as "yes" and "no", numbers as written.
    std::map<std::string, std::string> fields;
    // The line as it came, unknown fields included; "" where all of it is above.
    std::string as_sent;
    bool operator==(const Report&) const = default;
};

// What a path of a schema's `from` or a workflow's intake key stands for: "isi", "place.region",
// "fields.kelas", "external_id". Nothing where the report has no such field.
std::optional<std::string> value_at(const Report& report, const std::string& path);

// The content that must be equal for a report to be "the same again": all but `as_sent` and
// `received_at`, each with its length, in a fixed order.
std::string content_of(const Report& report);

}  // namespace pintu::cases
