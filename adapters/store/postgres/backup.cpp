// Copies of a whole database, taken while others write and read back before anybody relies on them.
#include "adapters/store/postgres/backup.hpp"

#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/archive.hpp"
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

Result<void> check_log(const std::string& file, ArchiveReader& reader, LogCheck& check) {
    CopyReader rows([&] { return reader.piece(); });
    for (Fields fields;;) {
        const auto more = rows.next(fields);
        if (!more) return Unexpected<Error>{with_file(file, more.error())};
        if (!*more) return {};
        const auto row = log_row(fields);
        if (!row || !check.add(*row)) {
            return fail("ST036", file, row ? std::string(row->agency) : std::string("?"));
        }
    }
}

Result<void> check_ends(const std::string& file, ArchiveReader& reader, LogCheck& check) {
    CopyReader rows([&] { return reader.piece(); });
    for (Fields fields;;) {
        const auto more = rows.next(fields);
        if (!more) return Unexpected<Error>{with_file(file, more.error())};
        if (!*more) return {};
        const AgencyCode agency(fields.size() == 3 ? std::string(*fields[0]) : std::string("?"));
        if (fields.size() != 3 ||
            !check.ends(agency, static_cast<std::uint64_t>(to_integer(*fields[1])), *fields[2])) {
            return fail("ST036", file, agency.value);
        }
    }
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
    LogCheck check;
    for (const auto& section : found.sections) {
        found.archived.rows += section.rows;
        const auto begun = (*reader)->next();
        if (!begun) return begun.unexpected();
        auto checked = section.name == kLogSection ? check_log(file, **reader, check)
                       : section.name == "logs"    ? check_ends(file, **reader, check)
                                                   : Result<void>();
        if (!checked) return checked.unexpected();
    }
    if (!check.complete()) return fail("ST036", file, "?");
    found.archived.file = file;
    found.archived.events = check.events();
    found.archived.agencies = check.agencies();
    found.roots = check.roots();
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
