// Reports as people send them: JSON lines, or CSV with the same names (nested ones with dots). The
// shape is docs/json.md, "report in".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/ids.hpp"
#include "engine/cases/command/report.hpp"
#include "engine/cases/decide/check_report.hpp"

namespace pintu::wire {

constexpr std::size_t kMostLineBytes = 4U << 20U;
constexpr std::size_t kMostTextBytes = cases::kMostTextBytes;  // of judul and isi
constexpr std::size_t kMostFieldBytes = 4U << 10U;             // of any other text

// What is wrong with one line, where it stands.
struct LineError {
    std::string code;
    std::uint32_t column = 1;  // code points, 1-based
    std::vector<std::string> args;
};

// Whether a report must say where it came from: not, where it is only tried out (`pintu eval`).
enum class Sender { required, optional };

struct ReportLine {
    std::uint32_t line = 1;
    std::optional<cases::Report> report;       // nothing where there are errors
    AgencyCode agency;                         // the office that took it in, where the line says so
    std::map<std::string, std::string> facts;  // `facts`, for `pintu eval` alone
    std::vector<std::string> paths;  // of the attachments, in order; "" where none is named
    std::vector<LineError> errors;
};

// One line of JSON. Errors: IN001 no JSON, IN002 another type, IN003 a field missing, IN004 too
// long, IN005 no time, IN006 not UTF-8, IN007 no place on earth, IN008 not an object.
ReportLine read_json_report(std::string_view line, std::uint32_t number,
                            Sender sender = Sender::required);

// A whole CSV file. What is wrong with the file as such (BA0xx, IN009 unknown column, IN010 no
// such column) goes to `diagnostics`; what is wrong with one row stays with the row, bytes that are
// not UTF-8 (IN006) too.
std::vector<ReportLine> read_csv_reports(const Source& source, Diagnostics& diagnostics);

}  // namespace pintu::wire
