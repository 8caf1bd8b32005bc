#include "adapters/store/sqlite/sqlite_store.hpp"

#include "adapters/store/sqlite/committer.hpp"
#include "adapters/store/sqlite/schema.hpp"
#include "engine/history/codec.hpp"

namespace pintu::store {

using ports::Commit;
using ports::CommitAnswer;

Result<std::unique_ptr<ports::EventStore>> SqliteStore::open(const std::string& file,
                                                             const OpenOptions& options) {
    auto database = Database::open(file, options);
    if (!database) return database.unexpected();
    const auto ready = prepare_schema(**database, file, options.read_only);
    if (!ready) return ready.unexpected();
    if (!options.durable) (*database)->execute("PRAGMA synchronous = OFF");
    return std::unique_ptr<ports::EventStore>(new SqliteStore(std::move(*database)));
}

Result<CommitAnswer> SqliteStore::commit(const Commit& commit) {
    for (const auto& event : commit.events) {
        if (event.bytes.size() > history::kMaxEventBytes) {
            return fail("HI006", std::to_string(event.bytes.size()),
                        std::to_string(history::kMaxEventBytes));
        }
    }
    database_->begin();
    Committer committer(*database_, commit);
    CommitAnswer answer{committer.conflicts()};
    if (answer.conflicts.empty() && !database_->failed()) {
        if (const auto written = committer.write(); !written) {
            database_->rollback();
            return written.unexpected();
        }
        database_->commit();
    }
    // Nothing of a transaction stays that did not reach its end.
    database_->rollback();
    if (!commit.erased.empty() && !database_->failed()) database_->empty_journal();
    return given(std::move(answer));
}

Result<void> SqliteStore::submit(const ports::PendingCommand& command) {
    store::submit(*database_, command);
    if (database_->failed()) return Unexpected<Error>{database_->take_error()};
    return {};
}

}  // namespace pintu::store
