#include "adapters/store/sqlite/database.hpp"

#include <fcntl.h>
#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "adapters/store/sqlite/errors.hpp"

namespace pintu::store {

struct Native {
    soci::session session;
    sqlite_api::sqlite3* handle = nullptr;
};

namespace {

sqlite_api::sqlite3_stmt* of(void* handle) {
    return static_cast<sqlite_api::sqlite3_stmt*>(handle);
}

// errno of the last system call on the file or its journal that failed. SQLite's own
// sqlite3_system_errno() is asked too late: cleaning up has overwritten it.
int system_error(sqlite_api::sqlite3* handle) {
    using File = sqlite_api::sqlite3_file;
    for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
        File* file = nullptr;
        int error = 0;
        if (sqlite_api::sqlite3_file_control(handle, "main", which, &file) != SQLITE_OK) continue;
        if (file == nullptr || file->pMethods == nullptr) continue;
        file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &error);
        if (error != 0) return error;
    }
    return sqlite_api::sqlite3_system_errno(handle);
}

constexpr const char* kMemory = ":memory:";

// SOCI's parser knows quotes but no escapes.
std::string connect_string(const std::string& file, const OpenOptions& options) {
    return "db=\"" + file + "\"" + (options.read_only ? " readonly=true" : "");
}

// For its owner's eyes: it holds what reporters wrote, and the keys to it. Its journals are as it
// is.
Result<void> make_file(const std::string& file) {
    const int handle = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (handle >= 0) return ::close(handle), Result<void>{};
    const int why = errno;
    return fail(why == ENOSPC || why == EDQUOT ? "ST002" : "ST004", file, std::strerror(why));
}

Result<void> prepare_file(const std::string& file, const OpenOptions& options) {
    if (file == kMemory) return {};
    if (file.empty() || file.find('"') != std::string::npos) return fail("ST004", file, "name");
    std::error_code error;
    if (std::filesystem::is_directory(file, error)) return fail("ST004", file, "folder");
    if (std::filesystem::exists(file, error)) return {};
    if (!options.create || options.read_only) return fail("ST009", file);
    const auto folder = std::filesystem::path(file).parent_path();
    if (!folder.empty()) std::filesystem::create_directories(folder, error);
    if (error) return fail("ST004", file, error.message());
    return make_file(file);
}

}  // namespace

// --- Statement ---

Statement::Statement(Database& database, const std::string& sql) : database_(database) {
    if (database_.failed()) return;
    sqlite_api::sqlite3_stmt* handle = nullptr;
    database_.check(sqlite_api::sqlite3_prepare_v3(database_.native_->handle, sql.c_str(),
                                                   static_cast<int>(sql.size()),
                                                   SQLITE_PREPARE_PERSISTENT, &handle, nullptr));
    handle_ = handle;
}

Statement::~Statement() {
    sqlite_api::sqlite3_finalize(of(handle_));
}

void Statement::begin() {
    next_ = 0;
    if (handle_ != nullptr) sqlite_api::sqlite3_reset(of(handle_));
}

void Statement::add(std::int64_t value) {
    if (!database_.failed()) {
        database_.check(sqlite_api::sqlite3_bind_int64(of(handle_), ++next_, value));
    }
}

void Statement::add(const std::string& value) {
    if (!database_.failed()) {
        database_.check(sqlite_api::sqlite3_bind_text64(of(handle_), ++next_, value.data(),
                                                        value.size(), SQLITE_STATIC, SQLITE_UTF8));
    }
}

void Statement::add(const Blob& value) {
    if (!database_.failed()) {
        database_.check(sqlite_api::sqlite3_bind_blob64(of(handle_), ++next_, value.bytes.data(),
                                                        value.bytes.size(), SQLITE_STATIC));
    }
}

void Statement::add_null() {
    if (!database_.failed()) {
        database_.check(sqlite_api::sqlite3_bind_null(of(handle_), ++next_));
    }
}

bool Statement::step() {
    if (database_.failed()) return false;
    const int code = sqlite_api::sqlite3_step(of(handle_));
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) database_.check(code);
    sqlite_api::sqlite3_reset(of(handle_));
    return false;
}

void Statement::run() {
    while (step()) {
    }
}

std::int64_t Statement::integer(int column) const {
    return sqlite_api::sqlite3_column_int64(of(handle_), column);
}

std::string Statement::text(int column) const {
    return std::string(bytes(column));
}

std::string_view Statement::bytes(int column) const {
    const void* data = sqlite_api::sqlite3_column_blob(of(handle_), column);
    const int size = sqlite_api::sqlite3_column_bytes(of(handle_), column);
    if (data == nullptr) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

Digest Statement::digest(int column) const {
    Digest digest{};
    const auto read = bytes(column);
    if (read.size() == digest.size()) std::copy(read.begin(), read.end(), digest.begin());
    return digest;
}

bool Statement::is_null(int column) const {
    return sqlite_api::sqlite3_column_type(of(handle_), column) == SQLITE_NULL;
}

// --- Database ---

Result<std::unique_ptr<Database>> Database::open(const std::string& file,
                                                 const OpenOptions& options) {
    if (const auto ready = prepare_file(file, options); !ready) return ready.unexpected();
    std::unique_ptr<Database> database(new Database);
    database->file_ = file;
    database->native_ = std::make_unique<Native>();
    try {
        database->native_->session.open(soci::sqlite3, connect_string(file, options));
    } catch (const soci::sqlite3_soci_error& error) {
        return Unexpected<Error>{classify(error.result(), 0, file, error.get_error_message())};
    } catch (const std::exception& error) {
        return fail("ST004", file, error.what());
    }
    database->native_->handle =
        static_cast<soci::sqlite3_session_backend*>(database->native_->session.get_backend())
            ->conn_;
    sqlite_api::sqlite3_busy_timeout(database->native_->handle, options.busy_timeout_ms);
    sqlite_api::sqlite3_extended_result_codes(database->native_->handle, 1);
    return database;
}

Database::~Database() {
    statements_.clear();
}

Statement& Database::prepared(const std::string& sql) {
    auto& statement = statements_[&sql];
    if (!statement || statement->handle_ == nullptr) {
        statement = std::make_unique<Statement>(*this, sql);
    }
    return *statement;
}

void Database::execute(const std::string& script) {
    if (failed()) return;
    try {
        native_->session << script;
    } catch (const soci::sqlite3_soci_error& error) {
        error_ = classify(error.result(), system_error(native_->handle), file_,
                          error.get_error_message());
    } catch (const std::exception& error) {
        error_ = Error{"ST012", {file_, error.what()}};
    }
}

std::int64_t Database::number(const std::string& sql) {
    if (failed()) return 0;
    long long number = 0;
    try {
        native_->session << sql, soci::into(number);
    } catch (const soci::sqlite3_soci_error& error) {
        error_ = classify(error.result(), system_error(native_->handle), file_,
                          error.get_error_message());
    } catch (const std::exception& error) {
        error_ = Error{"ST012", {file_, error.what()}};
    }
    return number;
}

void Database::begin() {
    static const std::string kBegin = "BEGIN IMMEDIATE";
    run(kBegin);
}

void Database::commit() {
    static const std::string kCommit = "COMMIT";
    run(kCommit);
}

// Statements that are still being read hold a rollback up; some failures roll back by themselves.
void Database::rollback() {
    for (const auto& [sql, statement] : statements_) {
        if (statement->handle_ != nullptr) sqlite_api::sqlite3_reset(of(statement->handle_));
    }
    if (sqlite_api::sqlite3_get_autocommit(native_->handle) != 0) return;
    sqlite_api::sqlite3_exec(native_->handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

// The transaction keeps the copy at one moment, and from beginning anew when somebody writes.
void Database::copy_into(Database& other) {
    constexpr int kPagesAtOnce = 256;
    auto* to = other.native_->handle;
    auto* copy = sqlite_api::sqlite3_backup_init(to, "main", native_->handle, "main");
    if (copy == nullptr) {
        other.check(sqlite_api::sqlite3_extended_errcode(to));
        return;
    }
    while (sqlite_api::sqlite3_backup_step(copy, kPagesAtOnce) == SQLITE_OK) {
    }
    other.check(sqlite_api::sqlite3_backup_finish(copy));
}

void Database::empty_journal() {
    sqlite_api::sqlite3_wal_checkpoint_v2(native_->handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE,
                                          nullptr, nullptr);
}

Error Database::take_error() {
    Error error = std::move(*error_);
    error_.reset();
    return error;
}

int Database::changes() const {
    return sqlite_api::sqlite3_changes(native_->handle);
}

std::int64_t Database::last_id() const {
    return sqlite_api::sqlite3_last_insert_rowid(native_->handle);
}

void Database::check(int code) {
    if (code == SQLITE_OK || failed()) return;
    error_ =
        classify(sqlite_api::sqlite3_extended_errcode(native_->handle),
                 system_error(native_->handle), file_, sqlite_api::sqlite3_errmsg(native_->handle));
}

}  // namespace pintu::store
