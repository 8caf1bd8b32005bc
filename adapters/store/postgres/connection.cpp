#include "adapters/store/postgres/connection.hpp"

#include "adapters/store/postgres/errors.hpp"
#include "adapters/store/postgres/native.hpp"
#include "adapters/store/postgres/statements.hpp"

namespace pintu::postgres {
namespace {

const char* begin_of(Mode mode) {
    switch (mode) {
        case Mode::write: return "BEGIN";
        case Mode::read: return "BEGIN READ ONLY";
        case Mode::snapshot: return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    }
    return "BEGIN";
}

// A role or a database for which commits do not wait for the disk: ours do, as was asked.
constexpr const char* kDurable =
    "CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE "
    "current_setting('synchronous_commit') END";
constexpr const char* kNotDurable = "'off'";

// The server, too, must notice that a network was cut: what came of a batch before that holds its
// locks, and while the server waits for the rest of it no timeout of statements or of idle
// transactions runs. Seconds, but for the last, which is milliseconds.
constexpr std::pair<const char*, const char*> kCut[] = {{"tcp_keepalives_idle", "'5'"},
                                                        {"tcp_keepalives_interval", "'2'"},
                                                        {"tcp_keepalives_count", "'3'"},
                                                        {"tcp_user_timeout", "'15000'"}};

// Connection::probe().
constexpr std::pair<const char*, const char*> kProbes[] = {
    {"enable_hashjoin", "'off'"},
    {"enable_mergejoin", "'off'"},
    {"enable_seqscan", "'off'"},
    {"jit", "'off'"},
    {"plan_cache_mode", "'force_generic_plan'"}};

enum class Reach { transaction, session };

// A pooler hands the session on: then all of it holds until the end of the transaction only.
std::string settings(Reach reach, const Limits& limits, bool probes) {
    std::string sql;
    const auto set = [&](const std::string& name, const std::string& value) {
        sql += (sql.empty() ? "SELECT set_config('" : ", set_config('") + name + "', " + value +
               (reach == Reach::transaction ? ", true)" : ", false)");
    };
    const auto quoted = [](std::int64_t value) { return "'" + std::to_string(value) + "'"; };
    set("statement_timeout", quoted(limits.statement_ms));
    set("lock_timeout", quoted(limits.lock_ms));
    set("idle_in_transaction_session_timeout", quoted(limits.idle_ms));
    for (const auto& [name, value] : kCut) set(name, value);
    set("synchronous_commit", limits.durable ? kDurable : kNotDurable);
    if (probes)
        for (const auto& [name, value] : kProbes) set(name, value);
    return sql;
}

std::int64_t timeout_of(const Limits& limits) {
    return limits.statement_ms == 0 ? 0 : limits.statement_ms + limits.grace_ms;
}

}  // namespace

// --- opening ---

Connection::Connection(const Address& address, const Limits& limits)
    : address_(address), limits_(limits) {}
Connection::~Connection() = default;

Result<std::unique_ptr<Connection>> Connection::open(const Address& address, const Limits& limits) {
    std::unique_ptr<Connection> connection(new Connection(address, limits));
    if (const auto opened = connection->reconnect(); !opened) return opened.unexpected();
    return connection;
}

Result<void> Connection::reconnect() {
    native_.reset();
    in_transaction_ = false;
    to_begin_.reset();
    direct_.reset();
    session_.reset();
    auto opened = Native::open(address_.conninfo());
    if (!opened) return Unexpected<Error>{classify_refusal(address_.shown, opened.error())};
    native_ = std::move(*opened);
    ++opened_;
    native_->set_timeout(timeout_of(limits_));
    error_.reset();
    sqlstate_.clear();
    if (direct()) native_->keep_statements();
    settle();
    if (!failed()) return {};
    return Unexpected<Error>{take_error()};
}

void Connection::set_limits(const Limits& limits) {
    limits_ = limits;
    if (native_) native_->set_timeout(timeout_of(limits));
    settle();
}

void Connection::settle() {
    settled_ = false;
    if (!direct_.value_or(false) || !ready()) return;
    run(settings(Reach::session, limits_, probes_));
    settled_ = !failed();
}

void Connection::probe() {
    if (!std::exchange(probes_, true)) settle();
}

bool Connection::alive() const {
    return native_ && native_->alive();
}

// --- failures ---

void Connection::note(const std::optional<Refusal>& refusal) {
    if (!refusal || failed()) return;
    sqlstate_ = refusal->sqlstate;
    error_ = classify(refusal->sqlstate, address_.shown, refusal->message);
}

bool Connection::ready() {
    if (failed()) return false;
    if (!alive()) note(Refusal{"", "", true});
    return !failed();
}

Error Connection::take_error() {
    Error error = std::move(*error_);
    error_.reset();
    sqlstate_.clear();
    return error;
}

bool Connection::may_retry() const {
    return sqlstate_ == "40001" || sqlstate_ == "40P01";
}

// --- statements ---

// The BEGIN that was put off, if any.
Batch Connection::opening() {
    Batch batch;
    batch.keep();
    const auto mode = std::exchange(to_begin_, std::nullopt);
    if (!mode) return batch;
    batch.add(begin_of(*mode));
    if (!settled_) batch.add(settings(Reach::transaction, limits_, probes_));
    return batch;
}

Rows Connection::put(const std::string& sql, const Parameters& parameters) {
    if (!ready()) return {};
    std::optional<Refusal> refusal;
    Answer answer;
    if (!to_begin_) {
        if (native_->send(sql, parameters)) {
            answer = native_->answer(refusal);
        } else {
            refusal = native_->lost();
        }
    } else {
        const Batch first = opening();
        if (native_->open_pipeline() && native_->send(first) && native_->send(sql, parameters)) {
            answer = native_->answers(first.size() + 1, refusal).back();
        } else {
            refusal = native_->lost();
        }
    }
    note(refusal);
    return Rows(std::move(answer));
}

std::vector<Rows> Connection::run(const Batch& batch) {
    return send(batch, false).rows;
}

Connection::Sent Connection::send(const Batch& batch, bool and_commit) {
    Sent sent;
    sent.rows.resize(batch.size());
    if (!ready() || (batch.empty() && !and_commit)) return sent;
    const Batch first = opening();
    Batch last;
    if (and_commit) last.add("COMMIT");
    std::optional<Refusal> refusal;
    if (native_->open_pipeline() && native_->send(first) && native_->send(batch) &&
        native_->send(last)) {
        const std::size_t count = first.size() + batch.size() + last.size();
        const auto answers = native_->answers(count, refusal);
        for (std::size_t i = 0; i < batch.size(); ++i)
            sent.rows[i] = Rows(answers[first.size() + i]);
        sent.committed = and_commit && answers.back() && Native::is_commit(answers.back());
    } else {
        refusal = native_->lost();
    }
    note(refusal);
    sent.lost = refusal && refusal->lost;
    return sent;
}

void Connection::begin_now() {
    if (!to_begin_ || !ready()) return;
    const Batch first = opening();
    run(first);
}

void Connection::script(const std::string& sql) {
    begin_now();
    if (!ready()) return;
    std::optional<Refusal> refusal;
    if (native_->send(sql)) {
        native_->answer(refusal);
    } else {
        refusal = native_->lost();
    }
    note(refusal);
}

// --- transactions ---

void Connection::begin(Mode mode) {
    in_transaction_ = true;
    to_begin_ = mode;
}

Committed Connection::commit() {
    return commit(Batch());
}

Committed Connection::commit(const Batch& last, std::vector<Rows>* answers) {
    if (answers != nullptr) answers->assign(last.size(), Rows());
    const bool nothing = to_begin_ && last.empty();
    if (failed() || nothing) {
        const bool kept = !failed();
        rollback();
        return kept ? Committed::yes : Committed::no;
    }
    if (native_) native_->take_warning();
    Sent sent = send(last, true);
    in_transaction_ = false;
    if (answers != nullptr) *answers = std::move(sent.rows);
    if (sent.lost) return Committed::unknown;
    if (!sent.committed) {
        note(Refusal{"25P02", "the transaction had failed before"});
        rollback();
        return Committed::no;
    }
    if (!native_->take_warning()) return Committed::yes;
    error_ = Error{"ST021", {address_.shown, "standby"}};
    return Committed::unreplicated;
}

void Connection::rollback() {
    in_transaction_ = false;
    if (std::exchange(to_begin_, std::nullopt) || !alive() || native_->idle()) return;
    std::optional<Refusal> refusal;
    if (native_->send("ROLLBACK")) native_->answer(refusal);
    if (refusal || !native_->idle()) native_->lost();
}

// --- COPY ---

std::int64_t Connection::copy_out(const std::string& sql,
                                  const std::function<bool(std::string_view)>& take) {
    script(sql);
    if (failed()) return 0;
    std::optional<Refusal> refusal;
    Answer answer;
    native_->copy_out(take, refusal);
    if (!refusal) answer = native_->answer(refusal);
    note(refusal);
    return Rows(std::move(answer)).changes();
}

std::int64_t Connection::copy_in(const std::string& sql,
                                 const std::function<std::optional<std::string>()>& give) {
    script(sql);
    if (failed()) return 0;
    std::optional<Refusal> refusal;
    Answer answer;
    native_->copy_in(give, refusal);
    if (!refusal) answer = native_->answer(refusal);
    note(refusal);
    return Rows(std::move(answer)).changes();
}

// --- notifications ---

bool Connection::direct() {
    if (direct_) return *direct_;
    const Rows rows = run(sql::kSession);
    if (failed()) return false;
    direct_ = rows.integer(0, 0) == native_->backend();
    horizon_ = rows.integer(0, 1);
    if (*direct_ && rows.integer(0, 2) != 0) session_ = {rows.integer(0, 0), rows.integer(0, 2)};
    return *direct_;
}

bool Connection::wait(std::int64_t timeout_ms) {
    if (!ready()) return false;
    const bool came = native_->notified() ||
                      (native_->alive() && native_->readable(timeout_ms) && native_->notified());
    if (!native_->alive()) note(native_->lost());
    return came;
}

}  // namespace pintu::postgres
