// Files of reports, read for intake: JSON lines or CSV, attachments looked up beside the file.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/cli/io.hpp"
#include "adapters/wire/report_reader.hpp"
#include "engine/runtime/runtime.hpp"

namespace pintu::cli {

// One line for each line of the text, but blank ones; broken lines have errors instead of a report.
// What is wrong with the file as a whole goes to `diagnostics` (of a source named `name`).
std::vector<wire::ReportLine> read_reports(const std::string& name, std::string text, bool csv,
                                           SourceSet& sources, Diagnostics& diagnostics);

// Reads the attachments' files, from the folder of the report file: size and SHA-256. IN011. Each
// is given to `keep`, whose errors become the line's.
void read_attachments(wire::ReportLine& line, const std::string& folder,
                      const std::function<Result<Digest>(const std::string& bytes)>& keep);

// The answer to a line as `pintu intake -o json` prints it (docs/json.md).
std::string answer_json(const wire::ReportLine& line, const runtime::IntakeAnswer* answer,
                        const std::string& name, const Options& options);
// Its one word: accepted, repeated, conflict, rejected.
std::string_view status_name(runtime::IntakeAnswer::Status status);

// Takes the sound lines in, each at the office that it names or Options name, in their order;
// answers by line index.
Result<std::vector<std::optional<runtime::IntakeAnswer>>> take_in(
    runtime::Runtime& runtime, const std::vector<const wire::ReportLine*>& lines,
    const Options& options, Instant now);

}  // namespace pintu::cli
