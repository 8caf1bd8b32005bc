// The answer to channel.poll, and what channel.taken is told: documents of
// docs/plugin-documents.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/wire/report_reader.hpp"
#include "engine/messages/messages.hpp"
#include "plugins/host/manifest.hpp"

namespace pintu::plugged {

struct PolledReport {
    std::string external_id;  // as far as it could be read: it names the report to the plugin
    std::string text;         // the report as it came, JSON
    wire::ReportLine line;
};

struct Polled {
    std::vector<PolledReport> reports;
    bool more = false;
};

// At most `most` reports: those beyond come again with the next poll. A report whose channel is
// none of the manifest's has PL211. Nothing: the document is not one that a poll answers.
std::optional<Polled> read_polled(std::string_view document, const plugins::Manifest& plugin,
                                  std::size_t most);

// What one report came to.
struct Settled {
    std::string external_id;
    std::string status;       // accepted | repeated | conflict | rejected
    std::string tracking_id;  // "": none
    std::vector<Error> errors;
};
std::string taken_document(const std::vector<Settled>& answers, messages::Language language);

// Of a report's attachments, in order, "" where none is named; as far as it is a report at all.
std::vector<std::string> attachment_paths(const std::string& report);
// The report with these in their stead, as many as attachment_paths gives.
std::string with_attachment_paths(const std::string& report, const std::vector<std::string>& paths);

// A report (JSON) that was not taken in, with why: what is kept for a person.
std::string kept_document(std::string_view report, const Settled& answer, std::string_view at,
                          messages::Language language);

}  // namespace pintu::plugged
