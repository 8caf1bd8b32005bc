// Definitions by hash, and which of them are in force. A file that did not change from one set to
// the next is kept once.
#include <algorithm>

#include "adapters/store/postgres/postgres_store.hpp"
#include "adapters/store/postgres/statements.hpp"

namespace pintu::postgres {
namespace {

Batch to_statements(const ports::DefinitionSet& definitions) {
    Column paths = texts(), digests = byte_strings(), bytes = byte_strings(), hashes = texts();
    for (const auto& file : definitions.files) {
        paths.add(file.path);
        digests.add(sha256(file.bytes));
        bytes.add(Bytes{file.bytes});
    }
    for (const auto& hash : definitions.hashes) hashes.add(hash.text());
    Batch batch;
    batch.add("INSERT INTO definition_sets (id) VALUES ($1) ON CONFLICT DO NOTHING",
              definitions.id);
    batch.add(
        "INSERT INTO definition_bytes (digest, bytes) SELECT n.* FROM unnest($1, $2) AS n "
        "ON CONFLICT DO NOTHING",
        digests, bytes);
    batch.add(
        "INSERT INTO definition_files (set_id, path, digest) SELECT $1, n.* "
        "FROM unnest($2, $3) AS n ON CONFLICT DO NOTHING",
        definitions.id, paths, digests);
    batch.add(
        "INSERT INTO definition_hashes (bundle, set_id) SELECT n.bundle, $1 "
        "FROM unnest($2) AS n(bundle) ON CONFLICT DO NOTHING",
        definitions.id, hashes);
    return batch;
}

}  // namespace

Result<void> PostgresStore::save_definitions(const ports::DefinitionSet& definitions) {
    const Batch batch = to_statements(definitions);
    return attempt_commit([&] { connection_->run(batch); });
}

Result<std::optional<ports::DefinitionSet>> PostgresStore::load_definitions(
    const BundleHash& hash) {
    static const std::string kSet = "SELECT h.set_id FROM definition_hashes h WHERE h.bundle = $1";
    return attempt([&] {
        const Rows sets = connection_->run(kSet, hash.text());
        return sets.empty() ? std::nullopt : read_definitions(sets.text(0, 0));
    });
}

Result<std::optional<ports::DefinitionSet>> PostgresStore::definition_set(const std::string& id) {
    return attempt([&] { return read_definitions(id); });
}

std::optional<ports::DefinitionSet> PostgresStore::read_definitions(const std::string& id) {
    Batch batch;
    batch.add("SELECT s.id FROM definition_sets s WHERE s.id = $1", id);
    batch.add(
        "SELECT f.path, b.bytes FROM definition_files f JOIN definition_bytes b "
        "ON b.digest = f.digest WHERE f.set_id = $1 ORDER BY f.path",
        id);
    batch.add("SELECT h.bundle FROM definition_hashes h WHERE h.set_id = $1 ORDER BY h.bundle", id);
    const auto answers = connection_->run(batch);
    if (answers[0].empty()) return std::nullopt;
    ports::DefinitionSet found;
    found.id = id;
    for (const auto row : answers[1]) found.files.push_back({row.text(0), row.text(1)});
    for (const auto row : answers[2]) found.hashes.emplace_back(row.text(0));
    return found;
}

Result<void> PostgresStore::publish(const ports::DefinitionSet& definitions,
                                    const std::vector<AgencyCode>& agencies) {
    std::vector<AgencyCode> sorted = agencies;
    std::sort(sorted.begin(), sorted.end());
    if (const auto met = meet(sorted); !met) return met;
    Batch rest = to_statements(definitions);
    rest.add("UPDATE notes SET value = $1 WHERE name = 'in_force'", definitions.id);
    for (const auto& agency : sorted) rest.add(sql::kFollowAnew, agency);
    rest.add(sql::kNotify);
    return attempt_commit([&] {
        Batch first;
        first.add("INSERT INTO notes (name, value) VALUES ('in_force', '') ON CONFLICT DO NOTHING");
        first.add("SELECT n.value FROM notes n WHERE n.name = 'in_force' FOR UPDATE");
        const auto answers = connection_->run(first);
        if (!answers[1].empty() && answers[1].text(0, 0) != definitions.id) connection_->run(rest);
    });
}

Result<std::optional<std::string>> PostgresStore::in_force() {
    return attempt([&] {
        const Rows rows = connection_->run(sql::kInForce);
        std::optional<std::string> id;
        if (!rows.empty() && !rows.bytes(0, 0).empty()) id = rows.text(0, 0);
        return id;
    });
}

}  // namespace pintu::postgres
