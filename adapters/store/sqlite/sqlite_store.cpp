#include "adapters/store/sqlite/sqlite_store.hpp"

#include <chrono>
#include <filesystem>

#include "adapters/store/sqlite/agenda.hpp"
#include "adapters/store/sqlite/committer.hpp"
#include "adapters/store/sqlite/making.hpp"
#include "adapters/store/sqlite/schema.hpp"
#include "engine/history/codec.hpp"

namespace pintu::store {

using ports::Commit;
using ports::CommitAnswer;

namespace {

std::int64_t wall_clock_ms() {
    using std::chrono::system_clock;
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

Result<std::unique_ptr<ports::EventStore>> SqliteStore::open(const std::string& file,
                                                             const OpenOptions& options) {
    std::error_code ignored;
    const bool is_file = file != ":memory:" && !file.empty();
    if (is_file && options.create && !options.read_only && !std::filesystem::exists(file, ignored))
        if (const auto made = make_file(file, options); !made) return made.unexpected();
    auto database = Database::open(file, options);
    if (!database) return database.unexpected();
    const auto ready = prepare_schema(**database, file, options.read_only);
    if (!ready) return ready.unexpected();
    if (!options.durable) (*database)->execute("PRAGMA synchronous = OFF");
    return std::unique_ptr<ports::EventStore>(
        new SqliteStore(std::move(*database), options.clock_ms ? options.clock_ms : wall_clock_ms));
}

Result<CommitAnswer> SqliteStore::commit(const Commit& commit) {
    for (const auto& event : commit.events) {
        if (event.bytes.size() > history::kMaxEventBytes) {
            return fail("HI006", std::to_string(event.bytes.size()),
                        std::to_string(history::kMaxEventBytes));
        }
    }
    database_->begin();
    Agenda agenda(*database_, clock_ms_());
    Committer committer(*database_, commit);
    CommitAnswer answer;
    answer.stale = !agenda.holds(commit.turns);
    if (!answer.stale) answer.conflicts = committer.conflicts();
    if (answer.kept() && !database_->failed()) {
        if (const auto written = committer.write(); !written) {
            database_->rollback();
            return written.unexpected();
        }
        agenda.note(commit);
        agenda.end(commit.turns);
        database_->commit();
    }
    // Nothing of a transaction stays that did not reach its end.
    database_->rollback();
    if (!commit.erased.empty() && !database_->failed()) database_->empty_journal();
    return given(std::move(answer));
}

Result<void> SqliteStore::submit(const ports::PendingCommand& command) {
    database_->begin();
    if (store::submit(*database_, command))
        Agenda(*database_, 0).look(command.agency, ports::Work::decide);
    database_->commit();
    database_->rollback();
    return done();
}

// On the disk like all else, though a turn that is forgotten with the power has done nothing: where
// a sync fails the kernel forgets what came before it, and nothing that stays may rest on that.
Result<std::optional<ports::Claimed>> SqliteStore::claim(const ports::ClaimRequest& request) {
    std::optional<ports::Claimed> claimed;
    if (Agenda(*database_, clock_ms_()).has_work(request.work, request.now)) {
        database_->begin();
        claimed = Agenda(*database_, clock_ms_()).claim(request);
        database_->commit();
        database_->rollback();
    }
    return given(std::move(claimed));
}

Result<void> SqliteStore::done() {
    if (database_->failed()) return Unexpected<Error>{database_->take_error()};
    return {};
}

}  // namespace pintu::store
