// Definitions by hash, and which of them are in force. A file that did not change from one set to
// the next is kept once.
#include "adapters/store/sqlite/agenda.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {

void SqliteStore::save(const ports::DefinitionSet& definitions) {
    static const std::string kSet = "INSERT OR IGNORE INTO definition_sets VALUES (?1)";
    static const std::string kFile = "INSERT OR IGNORE INTO definition_files VALUES (?1, ?2, ?3)";
    static const std::string kBytes = "INSERT OR IGNORE INTO definition_bytes VALUES (?1, ?2)";
    static const std::string kHash = "INSERT OR IGNORE INTO definition_hashes VALUES (?1, ?2)";
    database_->run(kSet, definitions.id);
    for (const auto& file : definitions.files) {
        const Digest digest = sha256(file.bytes);
        database_->run(kBytes, digest, Blob{file.bytes});
        database_->run(kFile, definitions.id, file.path, digest);
    }
    for (const auto& hash : definitions.hashes) database_->run(kHash, hash.text(), definitions.id);
}

Result<void> SqliteStore::save_definitions(const ports::DefinitionSet& definitions) {
    database_->begin();
    save(definitions);
    database_->commit();
    database_->rollback();
    return done();
}

Result<void> SqliteStore::publish(const ports::DefinitionSet& definitions,
                                  const std::vector<AgencyCode>& agencies) {
    static const std::string kInForce =
        "SELECT 1 FROM notes WHERE name = 'in_force' AND value = ?1";
    static const std::string kPublish = "INSERT OR REPLACE INTO notes VALUES ('in_force', ?1)";
    database_->begin();
    bool in_force = false;
    auto& rows = database_->query(kInForce, definitions.id);
    while (rows.step()) in_force = true;
    save(definitions);
    if (!in_force) {
        database_->run(kPublish, definitions.id);
        Agenda agenda(*database_, 0);
        for (const auto& agency : agencies) agenda.restart(agency, ports::Work::follow);
    }
    database_->commit();
    database_->rollback();
    return done();
}

Result<std::optional<std::string>> SqliteStore::in_force() {
    static const std::string kInForce = "SELECT value FROM notes WHERE name = 'in_force'";
    std::optional<std::string> id;
    auto& rows = database_->query(kInForce);
    while (rows.step()) id = rows.text(0);
    return given(std::move(id));
}

Result<std::optional<ports::DefinitionSet>> SqliteStore::load_definitions(const BundleHash& hash) {
    static const std::string kSet = "SELECT set_id FROM definition_hashes WHERE bundle = ?1";
    std::optional<std::string> id;
    const std::string bundle = hash.text();
    auto& sets = database_->query(kSet, bundle);
    while (sets.step()) id = sets.text(0);
    if (!id) return given(std::optional<ports::DefinitionSet>());
    return load_set(*id);
}

Result<std::optional<ports::DefinitionSet>> SqliteStore::definition_set(const std::string& id) {
    static const std::string kSet = "SELECT 1 FROM definition_sets WHERE id = ?1";
    bool known = false;
    auto& sets = database_->query(kSet, id);
    while (sets.step()) known = true;
    if (!known) return given(std::optional<ports::DefinitionSet>());
    return load_set(id);
}

Result<std::optional<ports::DefinitionSet>> SqliteStore::load_set(const std::string& id) {
    static const std::string kFiles =
        "SELECT path, bytes FROM definition_files JOIN definition_bytes USING (digest) "
        "WHERE set_id = ?1 ORDER BY path";
    static const std::string kHashes =
        "SELECT bundle FROM definition_hashes WHERE set_id = ?1 ORDER BY bundle";
    ports::DefinitionSet found;
    found.id = id;
    auto& files = database_->query(kFiles, id);
    while (files.step()) found.files.push_back({files.text(0), files.text(1)});
    auto& hashes = database_->query(kHashes, id);
    while (hashes.step()) found.hashes.emplace_back(hashes.text(0));
    return given(std::optional(std::move(found)));
}

}  // namespace pintu::store
