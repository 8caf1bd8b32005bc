// A connection to one SQLite file. SOCI opens and closes it and runs what is rare; rows go through
// SQLite's own prepared statements, because SOCI cuts blobs at a zero byte, reads 64-bit integers
// as int and leaves variables untouched where there is no row (see docs/decisions).
//
// The first failure sticks: from then on statements do nothing and give nothing, until somebody
// asks for it with take_error(). So a unit of work is written straight down and asked once, at its
// end.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/store/store.hpp"
#include "engine/base/hash.hpp"
#include "engine/base/ids.hpp"
#include "engine/base/instant.hpp"
#include "engine/base/result.hpp"

namespace pintu::store {

// Bytes that are not text.
struct Blob {
    std::string_view bytes;
};

struct Native;  // the types of SQLite and SOCI, in database.cpp

class Database;

// One prepared statement. Columns are read only after step() gave true.
class Statement {
  public:
    Statement(Database& database, const std::string& sql);
    ~Statement();
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // Binds ?1, ?2, ... anew. Texts and blobs are not copied: they must outlive the last step().
    template <class... Args>
    void bind(const Args&... args) {
        begin();
        (add(args), ...);
    }
    void begin();
    void add(std::int64_t value);
    void add(std::uint64_t value) { add(static_cast<std::int64_t>(value)); }
    void add(std::int32_t value) { add(std::int64_t{value}); }
    void add(std::uint32_t value) { add(std::int64_t{value}); }
    void add(bool value) { add(std::int64_t{value ? 1 : 0}); }
    void add(Instant value) { add(value.micros); }
    void add(const std::string& value);
    void add(const Blob& value);
    void add(const Digest& value) { add(Blob{bytes_of(value)}); }
    void add_null();
    template <class Tag>
    void add(const Id<Tag>& value) {
        add(value.value);
    }
    template <class T>
    void add(const std::optional<T>& value) {
        if (value) {
            add(*value);
        } else {
            add_null();
        }
    }

    // The next row; false at the end and after a failure.
    bool step();
    // To the end; whatever rows it gives are passed over.
    void run();

    std::int64_t integer(int column) const;
    std::string text(int column) const;
    std::string_view bytes(int column) const;  // until the next step()
    Digest digest(int column) const;           // zero where it is not 32 bytes
    bool is_null(int column) const;

  private:
    friend class Database;
    Database& database_;
    void* handle_ = nullptr;
    int next_ = 0;
};

class Database {
  public:
    // Errors as open_store(). The file is opened and set up, its schema not looked at.
    static Result<std::unique_ptr<Database>> open(const std::string& file,
                                                  const OpenOptions& options);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    // The statement of this text, prepared once, its columns unread. `sql` must be the same object
    // each time: it is known by its address.
    Statement& prepared(const std::string& sql);
    // Binds and runs.
    template <class... Args>
    void run(const std::string& sql, const Args&... args) {
        Statement& statement = prepared(sql);
        statement.bind(args...);
        statement.run();
    }
    // Binds; the rows are read with step(). The arguments must outlive that.
    template <class... Args>
    Statement& query(const std::string& sql, const Args&... args) {
        Statement& statement = prepared(sql);
        statement.bind(args...);
        return statement;
    }
    // Several statements without arguments, through SOCI: schemas and settings.
    void execute(const std::string& script);
    // The one number that a query gives, through SOCI; 0 where it gives none.
    std::int64_t number(const std::string& sql);

    // Takes the writers' lock at once, so that nothing read inside can be outdated.
    void begin();
    void commit();
    void rollback();
    // Everything becomes what is here; a transaction must be open here. What fails, fails there.
    void copy_into(Database& other);
    // Writes the journal into the file and empties it, so that nothing deleted stays in it. A
    // reader may hold that up: then the next one does it.
    void empty_journal();

    bool failed() const { return error_.has_value(); }
    // What failed first, in words; nothing failed from then on. Precondition: failed().
    Error take_error();
    // Rows that the last run() changed.
    int changes() const;
    // Row id that the last insert gave.
    std::int64_t last_id() const;

  private:
    friend class Statement;
    Database() = default;
    void check(int code);

    std::string file_;
    std::unique_ptr<Native> native_;
    std::map<const std::string*, std::unique_ptr<Statement>> statements_;
    std::optional<Error> error_;
};

}  // namespace pintu::store
