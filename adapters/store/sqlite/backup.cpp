// Copies of a whole store, made while others write and read back before anybody relies on them.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>

#include "adapters/store/sqlite/admin.hpp"
#include "adapters/store/sqlite/database.hpp"
#include "adapters/store/sqlite/schema.hpp"
#include "engine/history/codec.hpp"
#include "engine/history/merkle.hpp"

namespace pintu::store {
namespace {

namespace fs = std::filesystem;
using Opened = std::unique_ptr<Database>;

// What a file holds, to compare two of them by.
struct Contents {
    std::map<std::string, std::uint64_t> rows;  // by table
    std::map<AgencyCode, Digest> roots;         // by agency, as written down
    bool operator==(const Contents&) const = default;
};

Contents contents_of(Database& database) {
    static const std::string kTables = "SELECT name FROM sqlite_master WHERE type = 'table'";
    static const std::string kRoots =
        "SELECT agency, root FROM roots JOIN logs USING (agency, size)";
    Contents contents;
    auto& tables = database.query(kTables);
    while (tables.step()) contents.rows[tables.text(0)] = 0;
    for (auto& [table, rows] : contents.rows)
        rows = static_cast<std::uint64_t>(database.number("SELECT count(*) FROM " + table));
    auto& roots = database.query(kRoots);
    while (roots.step()) contents.roots[AgencyCode(roots.text(0))] = roots.digest(1);
    return contents;
}

// What adapters/store/postgres/archive.hpp begins with.
bool is_of_postgres(const std::string& file) {
    constexpr std::string_view kMagic = "PINTU-BACKUP\n";
    std::string found(kMagic.size(), '\0');
    std::ifstream(file, std::ios::binary).read(found.data(), std::ssize(found));
    return found == kMagic;
}

// What failed while a backup was read or written. A file that is no store of ours is no backup.
Error of_copy(const std::string& file, const Error& error) {
    const std::string& code = error.code;
    const std::string why = error.args.empty() ? code : error.args.back();
    if (code == "ST005" && is_of_postgres(file)) return {"ST038", {file, "postgresql:"}};
    if (code == "ST005" || code == "ST008") return {"ST031", {file}};
    if (code == "ST006") return {"ST032", {file, why}};
    if (code == "ST002") return {code, {file}};
    return {"ST035", {file, why}};
}

// One that was written by a newer program is not understood here.
Result<void> check_kind(Database& database, const std::string& file) {
    const auto schema = schema_of(database, file);
    if (!schema) return Unexpected<Error>{of_copy(file, schema.error())};
    if (*schema == 0) return fail("ST031", file);
    if (*schema > kSchema)
        return fail("ST033", file, std::to_string(*schema), std::to_string(kSchema));
    return {};
}

// A page that the disk did not give is reported like one that is wrong, with SQLite's error code.
Result<void> check_pages(Database& database, const std::string& file) {
    static const std::string kCheck = "PRAGMA integrity_check(1)";
    std::string found;
    auto& rows = database.query(kCheck);
    while (rows.step()) found = rows.text(0);
    if (database.failed()) return Unexpected<Error>{of_copy(file, database.take_error())};
    if (found.find("error code=") != std::string::npos) return fail("ST035", file, found);
    if (found != "ok") return fail("ST032", file, found);
    return {};
}

// Each agency's Merkle root, computed anew from its events.
Result<void> check_logs(Database& database, const std::string& file, const Contents& contents) {
    static const std::string kEvents = "SELECT agency, bytes FROM events ORDER BY agency, position";
    std::map<AgencyCode, history::Frontier> frontiers;
    auto& rows = database.query(kEvents);
    while (rows.step())
        frontiers[AgencyCode(rows.text(0))].append(history::leaf_hash(rows.bytes(1)));
    for (const auto& [agency, root] : contents.roots) {
        const auto found = frontiers.find(agency);
        if (found == frontiers.end() || found->second.root() != root)
            return fail("ST036", file, agency.value);
    }
    for (const auto& [agency, frontier] : frontiers)
        if (!contents.roots.contains(agency)) return fail("ST036", file, agency.value);
    return {};
}

// Reads a copy from its first to its last page.
Result<Archived> verify(const std::string& file, Contents& contents) {
    auto opened = Database::open(file, {.create = false, .read_only = true});
    if (!opened) return Unexpected<Error>{of_copy(file, opened.error())};
    Database& database = **opened;
    if (auto kind = check_kind(database, file); !kind) return kind.unexpected();
    if (auto pages = check_pages(database, file); !pages) return pages.unexpected();
    contents = contents_of(database);
    const auto logs = check_logs(database, file, contents);
    if (database.failed()) return Unexpected<Error>{of_copy(file, database.take_error())};
    if (!logs) return logs.unexpected();
    Archived archived;
    archived.file = file;
    std::error_code error;
    archived.bytes = fs::file_size(file, error);
    for (const auto& [table, rows] : contents.rows) archived.rows += rows;
    archived.events = contents.rows["events"];
    archived.agencies = contents.roots.size();
    return archived;
}

// One file, without a journal: as it can be carried away.
Result<void> copy(Database& from, const std::string& to) {
    auto opened = Database::open(to, {});
    if (!opened) return Unexpected<Error>{of_copy(to, opened.error())};
    Opened copy = std::move(*opened);
    from.copy_into(*copy);
    if (copy->failed()) return Unexpected<Error>{of_copy(to, copy->take_error())};
    copy->execute("PRAGMA synchronous = FULL");
    copy->execute("PRAGMA journal_mode = DELETE");
    if (copy->failed()) return Unexpected<Error>{of_copy(to, copy->take_error())};
    return {};
}

// On the disk, under a name that nobody had.
Result<void> put_in_place(const std::string& part, const std::string& file) {
    const auto sync = [](const std::string& path, int flags) {
        const int handle = ::open(path.c_str(), flags | O_CLOEXEC);
        const bool done = handle >= 0 && ::fsync(handle) == 0;
        if (handle >= 0) ::close(handle);
        return done;
    };
    const auto folder = fs::absolute(file).parent_path().string();
    if (!sync(part, O_RDONLY) || ::link(part.c_str(), file.c_str()) != 0 ||
        !sync(folder, O_RDONLY | O_DIRECTORY)) {
        const int why = errno;
        if (why == EEXIST) return fail("ST039", file);
        return fail(why == ENOSPC ? "ST002" : "ST035", file, std::strerror(why));
    }
    return {};
}

void discard(const std::string& part) {
    std::error_code error;
    for (const char* end : {"", "-journal", "-wal", "-shm"}) fs::remove(part + end, error);
}

Result<Archived> copy_verified(Database& from, const std::string& file) {
    const std::string part = file + ".part";
    discard(part);
    static const std::string kBegin = "BEGIN";
    from.run(kBegin);
    const Contents source = contents_of(from);
    const auto give_up = [&](Error error) {
        from.rollback();
        discard(part);
        return Unexpected<Error>{std::move(error)};
    };
    if (from.failed()) return give_up(from.take_error());
    if (auto copied = copy(from, part); !copied) return give_up(copied.error());
    if (from.failed()) return give_up(from.take_error());
    Contents found;
    auto archived = verify(part, found);
    if (!archived) {
        Error error = archived.error();
        if (!error.args.empty()) error.args[0] = file;
        return give_up(std::move(error));
    }
    if (found != source) return give_up({"ST032", {file, "rows"}});
    if (auto placed = put_in_place(part, file); !placed) return give_up(placed.error());
    from.rollback();
    discard(part);
    archived->file = file;
    return archived;
}

bool exists(const std::string& file) {
    std::error_code error;
    return fs::symlink_status(file, error).type() != fs::file_type::not_found;
}

}  // namespace

Result<Archived> backup_sqlite(const std::string& file, const std::string& to) {
    if (exists(to)) return fail("ST039", to);
    // A disk that is not there must not be taken for an empty folder.
    if (!exists(fs::absolute(to).parent_path())) return fail("ST035", to, std::strerror(ENOENT));
    auto database = Database::open(file, {.create = false, .read_only = true});
    if (!database) return database.unexpected();
    const auto schema = schema_of(**database, file);
    if (!schema) return schema.unexpected();
    if (*schema == 0) return fail("ST009", file);
    if (*schema > kSchema)
        return fail("ST007", file, std::to_string(*schema), std::to_string(kSchema));
    return copy_verified(**database, to);
}

Result<Archived> restore_sqlite(const std::string& from, const std::string& file) {
    // A journal that was left there would be taken for the new file's.
    for (const char* end : {"", "-wal", "-journal"})
        if (exists(file + end)) return fail("ST034", file + end);
    if (!exists(from)) return fail("ST035", from, std::strerror(ENOENT));
    Contents contents;
    if (const auto checked = verify(from, contents); !checked) return checked.unexpected();
    auto database = Database::open(from, {.create = false, .read_only = true});
    if (!database) return Unexpected<Error>{of_copy(from, database.error())};
    const auto folder = fs::absolute(file).parent_path();
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail("ST004", file, error.message());
    return copy_verified(**database, file);
}

}  // namespace pintu::store
