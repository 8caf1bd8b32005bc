// The wire below a Connection: libpq's handle, which SOCI opened. Never waits for ever: a server
// that does not answer within the deadline is given up, and the connection with it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/store/postgres/connection.hpp"
#include "engine/base/result.hpp"

struct pg_conn;  // of libpq

namespace pintu::postgres {

using Answer = std::shared_ptr<pg_result>;

// Why a statement failed; nothing of its parameters.
struct Refusal {
    std::string sqlstate;  // empty: the connection
    std::string message;
    // The server ended the session with it (FATAL, PANIC), or is gone.
    bool lost = false;
};

class Native {
  public:
    // The error's words are libpq's, a line for each host.
    static Result<std::unique_ptr<Native>, std::string> open(const std::string& conninfo);
    ~Native();
    Native(const Native&) = delete;
    Native& operator=(const Native&) = delete;

    // How long to wait for each answer, and for each piece of what is sent; 0: for ever.
    void set_timeout(std::int64_t timeout_ms) { timeout_ms_ = timeout_ms; }

    bool send(const std::string& sql, const Parameters& parameters);
    bool send(const std::string& script);
    // Between open_pipeline() and the end of answers(), statements wait for no answer.
    bool open_pipeline();
    bool send(const Batch& batch);
    // Batches that ask for it have their statements kept by name from now on.
    void keep_statements() { keeps_ = true; }
    // Of `count` statements of a pipeline, in their order: empty from the first that failed on.
    std::vector<Answer> answers(std::size_t count, std::optional<Refusal>& refusal);
    // Of what was sent without a pipeline, the last one.
    Answer answer(std::optional<Refusal>& refusal);

    // After a COPY was sent: the bytes until its end; then answer().
    void copy_out(const std::function<bool(std::string_view)>& take,
                  std::optional<Refusal>& refusal);
    void copy_in(const std::function<std::optional<std::string>()>& give,
                 std::optional<Refusal>& refusal);

    // Why the connection cannot be used, in libpq's words; marks it as gone.
    Refusal lost(const char* otherwise = "");
    bool alive() const;
    bool idle() const;  // the server has no transaction open
    // The answer is of a COMMIT that committed: of a failed transaction it is a rollback's.
    static bool is_commit(const Answer& answer);
    int backend() const;
    // A NOTIFY came; drained.
    bool notified();
    // Something can be read, within so long.
    bool readable(std::int64_t timeout_ms);
    // Since the last call, and of a pipeline at its last statement: the server warned of something.
    bool take_warning();
    void warn() { warned_ = true; }

  private:
    struct Session;
    Native();
    struct Bound;
    static Bound bound_of(const Parameters& parameters);
    struct Kept {
        std::string name;
        bool sure = false;  // the server said so
    };
    bool send_kept(const std::string& sql, const Parameters& parameters);
    void note_kept(const std::string& sql, bool done);
    bool flush();
    // By the steady clock; 0: never.
    std::int64_t deadline() const;
    bool wait(short events, std::int64_t deadline_ms);
    Answer next();

    std::unique_ptr<Session> session_;
    pg_conn* handle_ = nullptr;
    std::int64_t timeout_ms_ = 0;
    bool gone_ = false;
    bool warned_ = false;
    bool keeps_ = false;
    std::uint64_t names_ = 0;
    std::map<std::string, Kept> kept_;           // by the statement
    std::vector<const std::string*> preparing_;  // of what a pipeline sent; nullptr: an execution
};

}  // namespace pintu::postgres
