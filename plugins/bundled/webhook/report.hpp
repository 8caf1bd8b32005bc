// The body of a delivery as a report.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <variant>

namespace webhook {

// Why a body is no report: a code of ours and words for the sender.
struct NoReport {
    std::string code;  // "bukan_json" | "bukan_laporan" | "bukan_cloudevents"
    std::string words;
};

// A report as `pintu intake` takes it (docs/json.md), bare or as `data` of a CloudEvents 1.0 event
// in structured mode. What comes back has channel, external_id (the report's own, else `id`) and
// received_at (its own, else `now`). Files cannot come this way.
std::variant<boost::json::object, NoReport> read_report(std::string_view body,
                                                        const std::string& id,
                                                        const std::string& now);

}  // namespace webhook
