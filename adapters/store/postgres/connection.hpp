// A connection to PostgreSQL. SOCI opens and closes it; rows go over libpq's own handle, as
// one-shot statements with parameters, and nothing is set for the session: a pgbouncer in
// transaction mode may stand between (docs/decisions). Only where none does are limits those of the
// session, and statements that come again and again kept by name (Batch::keep()).
//
// The first failure sticks: from then on statements do nothing and give nothing, until somebody
// asks for it with take_error(). So a unit of work is written straight down and asked once, at its
// end. Nothing of a statement's parameters, and no password, reaches an error.
//
// For one thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/store/postgres/address.hpp"
#include "adapters/store/postgres/parameters.hpp"
#include "adapters/store/postgres/rows.hpp"
#include "engine/base/result.hpp"

namespace pintu::postgres {

// How long things may take, in milliseconds; 0: for ever. The server is told once, or with each
// transaction where a pooler stands between; one that does not answer at all is given up `grace_ms`
// after that.
struct Limits {
    std::int64_t statement_ms = 30'000;
    std::int64_t lock_ms = 5'000;
    std::int64_t idle_ms = 30'000;  // within a transaction, between two statements
    std::int64_t grace_ms = 5'000;
    // False: commits do not wait for the disk (OpenOptions::durable).
    bool durable = true;
};

enum class Mode {
    write,    // READ COMMITTED
    read,     // the same, READ ONLY
    snapshot  // REPEATABLE READ, READ ONLY: everything as of one moment
};

// What became of a commit.
enum class Committed {
    yes,  // as durable as the server was told to be
    no,   // nothing was kept; the error says why
    // The connection broke, or no answer came: it may have been kept, or may still be.
    unknown,
    // It is on the primary's disk, but the server gave up waiting for its standby: no
    // acknowledgement. A later commit that succeeds vouches for it too, as the log goes in order.
    unreplicated
};

// Statements that are sent together: one round trip, whatever their number. Answered in their
// order. The first that fails ends the rest.
class Batch {
  public:
    // The place of its rows in what run() gives.
    template <class... Args>
    std::size_t add(std::string sql, const Args&... args) {
        return put(std::move(sql), Parameters(args...));
    }
    std::size_t put(std::string sql, Parameters parameters) {
        statements_.emplace_back(std::move(sql), std::move(parameters));
        return statements_.size() - 1;
    }
    std::size_t size() const { return statements_.size(); }
    bool empty() const { return statements_.empty(); }
    // Its statements come again and again: where no pooler stands between, the server keeps them
    // parsed and planned for this connection. They are planned as of their first time, under the
    // transaction's settings of then.
    void keep() { kept_ = true; }

  private:
    friend class Native;
    std::vector<std::pair<std::string, Parameters>> statements_;
    bool kept_ = false;
};

// The server's process for one connection. Process ids come again: `since`, microseconds, tells
// them apart.
struct Session {
    std::int64_t process = 0;
    std::int64_t since = 0;
};

class Native;    // native.hpp
struct Refusal;  // native.hpp

class Connection {
  public:
    // Errors: ST020 and up (errors.hpp).
    static Result<std::unique_ptr<Connection>> open(const Address& address,
                                                    const Limits& limits = {});
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // One statement. Outside a transaction it is one of its own; behind a pooler without limits.
    template <class... Args>
    Rows run(const std::string& sql, const Args&... args) {
        return put(sql, Parameters(args...));
    }
    Rows put(const std::string& sql, const Parameters& parameters);
    // One that comes again and again (Batch::keep()).
    template <class... Args>
    Rows run_kept(const std::string& sql, const Args&... args) {
        Batch one;
        one.keep();
        one.add(sql, args...);
        return run(one).front();
    }
    // As many Rows as statements, always.
    std::vector<Rows> run(const Batch& batch);
    // Several statements without parameters: schemas.
    void script(const std::string& sql);

    // Opens a transaction under the limits. Sent with the next statement: it costs no round trip.
    // Precondition: none is open.
    void begin(Mode mode = Mode::write);
    // Where something failed before: rolls back and gives `no`; the error stays to be taken. The
    // transaction is over in any case.
    Committed commit();
    // The batch and COMMIT in one round trip, where nothing in between is to be looked at.
    Committed commit(const Batch& last, std::vector<Rows>* answers = nullptr);
    // Also ends a failed one. Leaves the sticky error as it is.
    void rollback();
    bool in_transaction() const { return in_transaction_; }

    // COPY ... TO STDOUT: `take` gets the bytes piece by piece, false ends it.
    // How many rows went out.
    std::int64_t copy_out(const std::string& sql,
                          const std::function<bool(std::string_view)>& take);
    // COPY ... FROM STDIN: `give` gives the next piece; "" ends it, nothing fails it.
    // How many rows came in.
    std::int64_t copy_in(const std::string& sql,
                         const std::function<std::optional<std::string>()>& give);

    // True where no pooler stands between: only then may LISTEN be used. Asks once.
    bool direct();
    // This connection as the server knows it; nothing where a pooler stands between.
    const std::optional<Session>& session() const { return session_; }
    // Every transaction that begins here from now on has this number or a greater one.
    std::int64_t horizon() const { return horizon_; }
    void saw(std::int64_t transaction) { horizon_ = transaction; }
    // Waits for a NOTIFY on a channel that was listened to; false: none came in time. On a broken
    // connection at once, with the error.
    bool wait(std::int64_t timeout_ms);

    bool failed() const { return error_.has_value(); }
    // What failed first, in words. Precondition: failed().
    Error take_error();
    // The five characters of what failed first; empty where the server did not say or nothing
    // failed. Gone with take_error().
    const std::string& sqlstate() const { return sqlstate_; }
    // What a new attempt at the same unit of work may mend: serialization, deadlock.
    bool may_retry() const;
    // A unique key was taken already (23505).
    bool is_conflict() const { return sqlstate_ == "23505"; }
    // False: broken; reconnect() before anything else.
    bool alive() const;
    // Drops it and opens it anew, within the address's connect_timeout for each host. The sticky
    // error is gone where it succeeds; what LISTENed listens no more.
    Result<void> reconnect();
    // How often it was opened.
    std::int64_t opened() const { return opened_; }

    const Address& address() const { return address_; }
    // Precondition: no transaction is open.
    void set_limits(const Limits& limits);
    const Limits& limits() const { return limits_; }
    // From now on rows are looked up one by one by their keys, whatever the server knows of tables
    // that have just been filled. Precondition: no transaction is open.
    void probe();

  private:
    struct Sent {
        std::vector<Rows> rows;
        bool committed = false;
        bool lost = false;
    };
    Connection(const Address& address, const Limits& limits);
    bool ready();
    void settle();
    void note(const std::optional<Refusal>& refusal);
    Batch opening();
    Sent send(const Batch& batch, bool and_commit);
    // Sends the BEGIN that was put off, where the next thing cannot go with it.
    void begin_now();

    Address address_;
    Limits limits_;
    std::unique_ptr<Native> native_;
    std::optional<Error> error_;
    std::string sqlstate_;
    bool in_transaction_ = false;
    std::optional<Mode> to_begin_;  // not sent yet
    bool probes_ = false;           // probe()
    bool settled_ = false;          // the session has the settings, each transaction needs none
    std::optional<bool> direct_;
    std::optional<Session> session_;
    std::int64_t horizon_ = 0;
    std::int64_t opened_ = 0;
};

}  // namespace pintu::postgres
