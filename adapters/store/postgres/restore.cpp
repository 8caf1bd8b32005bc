// An archive into an empty database, in one transaction.
#include <limits>

#include "adapters/store/postgres/admin.hpp"
#include "adapters/store/postgres/archived_log.hpp"
#include "adapters/store/postgres/backup.hpp"
#include "adapters/store/postgres/connection.hpp"
#include "adapters/store/postgres/schema.hpp"

namespace pintu::postgres {
namespace {

constexpr Limits kPatient{.statement_ms = 24LL * 3600 * 1000, .idle_ms = 3600 * 1000};
constexpr std::size_t kPiece = 64 * 1024;

// Nothing of ours is in it yet, though it may have been set up.
Result<void> check_empty(Connection& connection) {
    std::string some;
    for (const auto& table : tables()) {
        some += (some.empty() ? "SELECT EXISTS (SELECT 1 FROM " : " OR EXISTS (SELECT 1 FROM ") +
                std::string(table.name) + ")";
    }
    const Rows rows = connection.run(some);
    if (connection.failed()) return Unexpected<Error>{connection.take_error()};
    if (rows.boolean(0, 0)) return fail("ST034", connection.address().shown);
    return {};
}

std::string copy_into(const std::string& table, const std::string& columns) {
    return "COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)";
}

// Writes what a row of the section is in the table; nothing where it is not in it.
using Projection = std::function<void(const Fields& row, std::string& bytes)>;

// The section that the reader has begun, row by row. How many came in.
Result<std::int64_t> load_rows(Connection& connection, ArchiveReader& reader, const std::string& to,
                               const Projection& project) {
    CopyReader rows([&] { return reader.piece(); });
    std::optional<Error> broken;
    std::string ready = copy_header();
    bool ended = false;
    const auto give = [&]() -> std::optional<std::string> {
        for (Fields fields; !ended && ready.size() < kPiece;) {
            const auto more = rows.next(fields);
            if (!more) broken = more.error();
            if (!more) return std::nullopt;
            ended = !*more;
            if (ended) {
                ready += copy_trailer();
            } else {
                project(fields, ready);
            }
        }
        return std::exchange(ready, {});
    };
    const auto loaded = connection.copy_in(to, give);
    if (broken) return Unexpected<Error>{*broken};
    if (connection.failed()) return Unexpected<Error>{connection.take_error()};
    return loaded;
}

void as_page(const Fields& row, std::string& bytes) {
    append_row(bytes, page_fields(row));
}

void as_entry(const Fields& row, std::string& bytes) {
    if (const auto fields = entry_fields(row)) append_row(bytes, *fields);
}

void as_root(const Fields& row, std::string& bytes) {
    std::string size;
    if (const auto fields = root_fields(row, size)) append_row(bytes, *fields);
}

// The cursor stands behind all events that have their place; see resynchronise.hpp.
void as_log(const Fields& row, std::string& bytes) {
    static const std::string kXid = to_bytes(0);
    static const std::string kId = to_bytes(std::numeric_limits<std::int64_t>::max());
    Fields fields = row;
    fields.emplace_back(kXid);
    fields.emplace_back(kId);
    append_row(bytes, fields);
}

Result<std::int64_t> load_part(Connection& connection, const std::string& file,
                               const std::string& to, const Projection& project) {
    auto reader = ArchiveReader::open(file, kSchema);
    if (!reader) return reader.unexpected();
    const auto section = (*reader)->next();
    if (!section) return section.unexpected();
    return load_rows(connection, **reader, to, project);
}

Result<void> load_log(Connection& connection, const std::string& file, const Verified& archive) {
    const auto pages =
        load_part(connection, file, copy_into("pages", "agency, id, leaves, bytes, xid"), as_page);
    if (!pages) return pages.unexpected();
    const auto entries =
        load_part(connection, file, copy_into("entries", "agency, position, page"), as_entry);
    if (!entries) return entries.unexpected();
    const auto roots =
        load_part(connection, file, copy_into("roots", "agency, size, root"), as_root);
    if (!roots) return roots.unexpected();
    if (static_cast<std::uint64_t>(*pages) != archive.sections.front().rows ||
        static_cast<std::uint64_t>(*roots) != archive.roots) {
        return fail("ST032", file, kLogSection);
    }
    return {};
}

// As the server gave it.
Result<std::int64_t> load_pieces(Connection& connection, ArchiveReader& reader,
                                 const std::string& to) {
    std::optional<Error> broken;
    const auto give = [&]() -> std::optional<std::string> {
        auto piece = reader.piece();
        if (piece) return *piece;
        broken = piece.error();
        return std::nullopt;
    };
    const auto rows = connection.copy_in(to, give);
    if (broken) return Unexpected<Error>{*broken};
    if (connection.failed()) return Unexpected<Error>{connection.take_error()};
    return rows;
}

Result<void> load_table(Connection& connection, const std::string& file, ArchiveReader& reader,
                        const Section& section) {
    const bool logs = section.name == "logs";
    const auto rows =
        logs ? load_rows(connection, reader, copy_into("logs", section.columns + ", xid, id"),
                         as_log)
             : load_pieces(connection, reader, copy_into(section.name, section.columns));
    if (!rows) return rows.unexpected();
    if (static_cast<std::uint64_t>(*rows) != section.rows) return fail("ST032", file, section.name);
    return {};
}

Result<void> load(Connection& connection, const std::string& file, const Verified& archive) {
    if (const auto done = load_log(connection, file, archive); !done) return done;
    auto reader = ArchiveReader::open(file, kSchema);
    if (!reader) return reader.unexpected();
    for (const auto& section : archive.sections) {
        const auto begun = (*reader)->next();
        if (!begun) return begun.unexpected();
        if (section.name == kLogSection) continue;
        const auto done = load_table(connection, file, **reader, section);
        if (!done) return done;
    }
    return {};
}

std::string go_on(const std::string& table, const std::string& column) {
    return "SELECT setval(pg_get_serial_sequence('" + table + "', '" + column +
           "'), (SELECT coalesce(max(" + column + "), 0) + 1 FROM " + table + "), false)";
}

// What belongs to this server: where its numbers go on, and whose they are.
void settle_in(Connection& connection) {
    connection.run(
        "SELECT setval('page_numbers', (SELECT (coalesce(max(id), 0) >> 20) + 1 FROM pages))");
    connection.run(go_on("cases", "opened"));
    connection.run(go_on("outbox", "id"));
    connection.run(go_on("commands", "id"));
    connection.run(
        "UPDATE logs SET cluster = (SELECT s.system_identifier::text FROM pg_control_system() s)");
    connection.run("UPDATE agenda SET due = 0, touched = clock_timestamp() WHERE work = 3");
}

Result<void> restore_all(Connection& connection, const std::string& file, const Verified& archive) {
    connection.begin();
    if (const auto empty = check_empty(connection); !empty) return empty;
    if (const auto done = load(connection, file, archive); !done) return done;
    settle_in(connection);
    if (connection.commit() == Committed::yes) return {};
    return Unexpected<Error>{connection.take_error()};
}

}  // namespace

Result<store::Archived> restore(const std::string& file, const std::string& address) {
    const auto parsed = parse_address(address, Role::writer);
    if (!parsed) return parsed.unexpected();
    auto archive = verify_archive(file);
    if (!archive) return archive.unexpected();
    auto opened = Connection::open(*parsed, kPatient);
    if (!opened) return opened.unexpected();
    Connection& connection = **opened;
    const auto ready = prepare_schema(connection, Opening::use);
    if (!ready) return ready.unexpected();
    const auto done = restore_all(connection, file, *archive);
    connection.rollback();
    if (!done) return done.unexpected();
    // Plans are made for what is there; were it to fail, the server does it by itself in a minute.
    connection.script("ANALYZE");
    return archive->archived;
}

}  // namespace pintu::postgres
