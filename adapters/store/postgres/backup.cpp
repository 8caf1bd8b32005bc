// Copies of a whole database, taken while others write and read back before anybody relies on them.
#include "adapters/store/postgres/backup.hpp"

#include <functional>

#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/archive.hpp"
#include "adapters/store/postgres/archived_cases.hpp"
#include "adapters/store/postgres/archived_log.hpp"
#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/schema.hpp"

namespace pintu::postgres {
namespace {

// Sorting and sending a large table take their time.
constexpr Limits kPatient{.statement_ms = 24LL * 3600 * 1000, .idle_ms = 3600 * 1000};

// The three tables of the log are one section (archived_log.hpp).
bool in_log(std::string_view table) {
    return table == "pages" || table == "entries" || table == "roots";
}

void copy_section(Connection& connection, ArchiveWriter& writer, const std::string& name,
                  const std::string& columns, const std::string& query) {
    writer.begin(name, columns);
    const auto rows =
        connection.copy_out("COPY (" + query + ") TO STDOUT (FORMAT binary)",
                            [&](std::string_view piece) { return writer.add(piece); });
    writer.end(static_cast<std::uint64_t>(rows));
}

// All as of one moment. How many roots the database has.
std::uint64_t copy_all(Connection& connection, ArchiveWriter& writer) {
    connection.begin(Mode::snapshot);
    const Rows roots = connection.run("SELECT count(*) FROM roots");
    copy_section(connection, writer, kLogSection, kLogColumns, kLogQuery);
    for (const auto& table : tables()) {
        if (in_log(table.name)) continue;
        const std::string columns(table.columns);
        copy_section(connection, writer, std::string(table.name), columns,
                     "SELECT " + columns + " FROM " + std::string(table.name) + " ORDER BY " +
                         std::string(table.order));
    }
    connection.commit();
    return static_cast<std::uint64_t>(roots.integer(0, 0));
}

// The reader's own errors know the file.
Error with_file(const std::string& file, Error error) {
    if (error.code == "ST032" && !error.args.empty() && error.args[0].empty()) error.args[0] = file;
    return error;
}

using RowCheck = std::function<Result<void>(const Fields& row)>;

Result<void> check_rows(const std::string& file, ArchiveReader& reader, const RowCheck& check) {
    CopyReader rows([&] { return reader.piece(); });
    for (Fields fields;;) {
        const auto more = rows.next(fields);
        if (!more) return Unexpected<Error>{with_file(file, more.error())};
        if (!*more) return {};
        if (auto checked = check(fields); !checked) return checked;
    }
}

// What the sections say of each other.
struct Checks {
    const std::string& file;
    LogCheck log{};
    HistoryCheck histories{};

    Result<void> page(const Fields& fields);
    Result<void> end_of_log(const Fields& fields);
    Result<void> one_case(std::string_view columns, const Fields& fields);
    Result<void> section(const Section& of, ArchiveReader& reader);
    Result<void> finish() const;
};

Result<void> Checks::page(const Fields& fields) {
    const auto row = log_row(fields);
    if (!row || !log.add(*row)) return fail("ST036", file, row ? std::string(row->agency) : "?");
    histories.add(*row);
    return {};
}

Result<void> Checks::end_of_log(const Fields& fields) {
    const AgencyCode agency(fields.size() == 3 ? std::string(*fields[0]) : std::string("?"));
    if (fields.size() != 3 ||
        !log.ends(agency, static_cast<std::uint64_t>(to_integer(*fields[1])), *fields[2])) {
        return fail("ST036", file, agency.value);
    }
    return {};
}

Result<void> Checks::one_case(std::string_view columns, const Fields& fields) {
    const auto row = case_row(columns, fields);
    if (!row) return fail("ST036", file, "?");
    const auto missing = histories.missing(*row);
    if (!missing) return {};
    return fail("ST037", file, std::string(row->case_id), std::to_string(*missing));
}

Result<void> Checks::section(const Section& of, ArchiveReader& reader) {
    if (of.name == kLogSection) {
        const auto checked = check_rows(file, reader, [&](const Fields& row) { return page(row); });
        histories.end_pages();
        return checked;
    }
    if (of.name == "logs")
        return check_rows(file, reader, [&](const Fields& row) { return end_of_log(row); });
    if (of.name == "cases")
        return check_rows(file, reader,
                          [&](const Fields& row) { return one_case(of.columns, row); });
    return {};
}

Result<void> Checks::finish() const {
    if (!log.complete()) return fail("ST036", file, "?");
    if (const auto agency = histories.disagrees()) return fail("ST036", file, agency->value);
    return {};
}

}  // namespace

Result<Verified> verify_archive(const std::string& file) {
    Verified found;
    // First every bit, so that whatever is read as rows after that was written as rows.
    auto reader = ArchiveReader::open(file, kSchema);
    if (!reader) return reader.unexpected();
    for (auto section = (*reader)->next();; section = (*reader)->next()) {
        if (!section) return section.unexpected();
        if (!found.sections.empty()) found.sections.back().rows = (*reader)->passed_rows();
        if (!*section) break;
        found.sections.push_back(**section);
    }
    found.archived.bytes = (*reader)->position();
    reader = ArchiveReader::open(file, kSchema);
    if (!reader) return reader.unexpected();
    Checks checks{file};
    for (const auto& section : found.sections) {
        found.archived.rows += section.rows;
        const auto begun = (*reader)->next();
        if (!begun) return begun.unexpected();
        const auto checked = checks.section(section, **reader);
        if (!checked) return checked.unexpected();
    }
    if (const auto whole = checks.finish(); !whole) return whole.unexpected();
    found.archived.file = file;
    found.archived.events = checks.log.events();
    found.archived.agencies = checks.log.agencies();
    found.roots = checks.log.roots();
    return found;
}

Result<store::Archived> backup(const std::string& address, const std::string& file) {
    // A standby will do; of several servers the first that answers.
    const auto parsed = parse_address(address, Role::reader);
    if (!parsed) return parsed.unexpected();
    auto connection = Connection::open(*parsed, kPatient);
    if (!connection) return connection.unexpected();
    const auto ready = prepare_schema(**connection, Opening::read);
    if (!ready) return ready.unexpected();
    auto writer = ArchiveWriter::create(file, kSchema);
    if (!writer) return writer.unexpected();
    const std::uint64_t roots = copy_all(**connection, **writer);
    const auto closed = (*writer)->close();
    if (!closed) return closed.unexpected();
    if ((*connection)->failed()) return Unexpected<Error>{(*connection)->take_error()};
    auto verified = verify_archive((*writer)->part());
    if (!verified) {
        Error error = verified.error();
        if (!error.args.empty()) error.args[0] = file;
        return Unexpected<Error>{error};
    }
    if (verified->roots != roots) return fail("ST036", file, "roots");
    const auto published = (*writer)->publish();
    if (!published) return published.unexpected();
    verified->archived.file = file;
    return verified->archived;
}

}  // namespace pintu::postgres
