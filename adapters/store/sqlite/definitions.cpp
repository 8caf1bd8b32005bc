// Definitions by hash. A file that did not change from one set to the next is kept once.
#include "adapters/store/sqlite/sqlite_store.hpp"

namespace pintu::store {

Result<void> SqliteStore::save_definitions(const ports::DefinitionSet& definitions) {
    static const std::string kSet = "INSERT OR IGNORE INTO definition_sets VALUES (?1)";
    static const std::string kFile = "INSERT OR IGNORE INTO definition_files VALUES (?1, ?2, ?3)";
    static const std::string kBytes = "INSERT OR IGNORE INTO definition_bytes VALUES (?1, ?2)";
    static const std::string kHash = "INSERT OR IGNORE INTO definition_hashes VALUES (?1, ?2)";
    database_->begin();
    database_->run(kSet, definitions.id);
    for (const auto& file : definitions.files) {
        const Digest digest = sha256(file.bytes);
        database_->run(kBytes, digest, Blob{file.bytes});
        database_->run(kFile, definitions.id, file.path, digest);
    }
    for (const auto& hash : definitions.hashes) database_->run(kHash, hash, definitions.id);
    database_->commit();
    database_->rollback();
    if (database_->failed()) return Unexpected<Error>{database_->take_error()};
    return {};
}

Result<std::optional<ports::DefinitionSet>> SqliteStore::load_definitions(const BundleHash& hash) {
    static const std::string kSet = "SELECT set_id FROM definition_hashes WHERE bundle = ?1";
    static const std::string kFiles =
        "SELECT path, bytes FROM definition_files JOIN definition_bytes USING (digest) "
        "WHERE set_id = ?1 ORDER BY path";
    static const std::string kHashes =
        "SELECT bundle FROM definition_hashes WHERE set_id = ?1 ORDER BY bundle";
    std::optional<ports::DefinitionSet> found;
    auto& sets = database_->query(kSet, hash);
    while (sets.step()) found.emplace().id = sets.text(0);
    if (!found) return given(std::move(found));
    auto& files = database_->query(kFiles, found->id);
    while (files.step()) found->files.push_back({files.text(0), files.text(1)});
    auto& hashes = database_->query(kHashes, found->id);
    while (hashes.step()) found->hashes.emplace_back(hashes.text(0));
    return given(std::move(found));
}

Result<std::optional<std::string>> SqliteStore::settled() {
    static const std::string kSettled = "SELECT value FROM notes WHERE name = 'settled'";
    std::optional<std::string> id;
    auto& rows = database_->query(kSettled);
    while (rows.step()) id = rows.text(0);
    return given(std::move(id));
}

}  // namespace pintu::store
