#include "adapters/store/postgres/native.hpp"

#include <poll.h>
#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

namespace pintu::postgres {

struct Native::Session {
    soci::session session;
};

// Pointers into Parameters, as libpq wants them; all in binary form.
struct Native::Bound {
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    int count() const { return static_cast<int>(types.size()); }
};

namespace {

std::int64_t now_ms() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

std::string field(const PGresult* result, int which) {
    const char* text = PQresultErrorField(result, which);
    return text == nullptr ? std::string() : std::string(text);
}

// Severities stay English here, whatever the server's language.
void on_notice(void* native, const PGresult* result) {
    if (field(result, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING") {
        static_cast<Native*>(native)->warn();
    }
}

std::optional<Refusal> refusal_of(const Answer& answer) {
    const auto status = PQresultStatus(answer.get());
    if (status != PGRES_FATAL_ERROR && status != PGRES_BAD_RESPONSE) return std::nullopt;
    const auto severity = field(answer.get(), PG_DIAG_SEVERITY_NONLOCALIZED);
    Refusal refusal{field(answer.get(), PG_DIAG_SQLSTATE),
                    field(answer.get(), PG_DIAG_MESSAGE_PRIMARY),
                    severity == "FATAL" || severity == "PANIC"};
    if (refusal.sqlstate.empty()) refusal.lost = true;
    return refusal;
}

constexpr int kBinary = 1;

// Statements of one connection that the server keeps; the texts are few and fixed.
constexpr std::size_t kMostKept = 256;

// SOCI's message is its own first line, then libpq's.
std::string without_first_line(const std::string& message) {
    const auto end = message.find('\n');
    return end == std::string::npos ? message : message.substr(end + 1);
}

}  // namespace

Native::Native() : session_(std::make_unique<Session>()) {}
Native::~Native() = default;

Result<std::unique_ptr<Native>, std::string> Native::open(const std::string& conninfo) {
    std::unique_ptr<Native> native(new Native);
    try {
        native->session_->session.open(soci::postgresql, conninfo);
    } catch (const soci::soci_error& error) {
        return Unexpected<std::string>{without_first_line(error.get_error_message())};
    } catch (const std::exception&) {
        return Unexpected<std::string>{""};
    }
    native->handle_ =
        static_cast<soci::postgresql_session_backend*>(native->session_->session.get_backend())
            ->conn_;
    PQsetnonblocking(native->handle_, 1);
    PQsetNoticeReceiver(native->handle_, on_notice, native.get());
    return native;
}

// --- waiting ---

std::int64_t Native::deadline() const {
    return timeout_ms_ > 0 ? now_ms() + timeout_ms_ : 0;
}

bool Native::wait(short events, std::int64_t deadline_ms) {
    pollfd socket{PQsocket(handle_), events, 0};
    for (;;) {
        const std::int64_t left =
            deadline_ms == 0 ? -1 : std::max<std::int64_t>(deadline_ms - now_ms(), 0);
        const int ready = poll(&socket, 1, static_cast<int>(std::min<std::int64_t>(left, 1 << 30)));
        if (ready >= 0 || errno != EINTR) return ready > 0;
    }
}

// Reads while it writes: a server that wants to answer first does not read on.
bool Native::flush() {
    const std::int64_t deadline_ms = deadline();
    for (;;) {
        const int left = PQflush(handle_);
        if (left <= 0) return left == 0;
        if (!wait(POLLIN | POLLOUT, deadline_ms) || PQconsumeInput(handle_) == 0) return false;
    }
}

Answer Native::next() {
    const std::int64_t deadline_ms = deadline();
    while (PQisBusy(handle_) != 0) {
        if (!wait(POLLIN, deadline_ms) || PQconsumeInput(handle_) == 0) {
            gone_ = true;
            return nullptr;
        }
    }
    return Answer(PQgetResult(handle_), [](pg_result* result) { PQclear(result); });
}

bool Native::readable(std::int64_t timeout_ms) {
    return wait(POLLIN, now_ms() + std::max<std::int64_t>(timeout_ms, 0));
}

// --- statements ---

Native::Bound Native::bound_of(const Parameters& parameters) {
    Bound bound;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const bool null = parameters.nulls_[i];
        bound.types.push_back(parameters.types_[i]);
        bound.values.push_back(null ? nullptr : parameters.bytes_.data() + begin);
        bound.lengths.push_back(static_cast<int>(parameters.ends_[i] - begin));
        bound.formats.push_back(kBinary);
        begin = parameters.ends_[i];
    }
    return bound;
}

bool Native::send(const std::string& sql, const Parameters& parameters) {
    preparing_.push_back(nullptr);
    const Bound bound = bound_of(parameters);
    return PQsendQueryParams(handle_, sql.c_str(), bound.count(), bound.types.data(),
                             bound.values.data(), bound.lengths.data(), bound.formats.data(),
                             kBinary) == 1;
}

bool Native::send(const std::string& script) {
    return PQsendQuery(handle_, script.c_str()) == 1;
}

// In a pipeline only: the answers tell whether it is kept.
bool Native::send_kept(const std::string& sql, const Parameters& parameters) {
    auto found = kept_.find(sql);
    if (found == kept_.end()) {
        if (kept_.size() >= kMostKept) return send(sql, parameters);
        found = kept_.emplace(sql, Kept{"pintu_" + std::to_string(++names_), false}).first;
    }
    const Bound bound = bound_of(parameters);
    const char* name = found->second.name.c_str();
    if (!found->second.sure) {
        if (std::find(preparing_.begin(), preparing_.end(), &found->first) == preparing_.end()) {
            preparing_.push_back(&found->first);
            if (PQsendPrepare(handle_, name, sql.c_str(), bound.count(), bound.types.data()) != 1)
                return false;
        }
    }
    preparing_.push_back(nullptr);
    return PQsendQueryPrepared(handle_, name, bound.count(), bound.values.data(),
                               bound.lengths.data(), bound.formats.data(), kBinary) == 1;
}

// One that failed may be there or not: its name is not used again.
void Native::note_kept(const std::string& sql, bool done) {
    if (done) {
        kept_.at(sql).sure = true;
    } else {
        kept_.erase(sql);
    }
}

bool Native::open_pipeline() {
    preparing_.clear();
    return PQenterPipelineMode(handle_) == 1;
}

bool Native::send(const Batch& batch) {
    for (const auto& [sql, parameters] : batch.statements_) {
        const bool kept = keeps_ && batch.kept_;
        if (!(kept ? send_kept(sql, parameters) : send(sql, parameters))) return false;
    }
    return true;
}

std::vector<Answer> Native::answers(std::size_t count, std::optional<Refusal>& refusal) {
    std::vector<Answer> found(count);
    if (PQpipelineSync(handle_) != 1 || !flush()) {
        refusal = lost();
        return found;
    }
    std::size_t at = 0;
    for (const auto* preparing : std::exchange(preparing_, {})) {
        // What is warned of from here on is the last statement's.
        if (at + 1 == count) warned_ = false;
        const Answer answer = next();
        if (!answer) {
            if (!refusal) refusal = lost("no answer in time");
            return found;
        }
        if (!refusal) refusal = refusal_of(answer);
        if (preparing != nullptr) {
            note_kept(*preparing, !refusal);
        } else if (!refusal && at < count) {
            found[at++] = answer;
        }
        if (refusal && refusal->lost) {
            gone_ = true;
            return found;
        }
        next();  // the null that ends each statement
    }
    const Answer end = next();
    if (!end || PQresultStatus(end.get()) != PGRES_PIPELINE_SYNC) refusal = lost("out of step");
    if (!gone_ && PQexitPipelineMode(handle_) != 1) refusal = lost("out of step");
    return found;
}

Answer Native::answer(std::optional<Refusal>& refusal) {
    preparing_.clear();
    Answer last;
    if (!flush()) {
        refusal = lost();
        return last;
    }
    for (;;) {
        Answer one = next();
        if (gone_ && !refusal) refusal = lost("no answer in time");
        if (!one) return refusal ? nullptr : last;
        if (!refusal) refusal = refusal_of(one);
        if (refusal && refusal->lost) gone_ = true;
        const auto status = PQresultStatus(one.get());
        last = std::move(one);
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT) return last;
    }
}

// --- COPY ---

void Native::copy_out(const std::function<bool(std::string_view)>& take,
                      std::optional<Refusal>& refusal) {
    for (;;) {
        char* piece = nullptr;
        const int size = PQgetCopyData(handle_, &piece, 1);
        if (size > 0) {
            const bool go_on = take({piece, static_cast<std::size_t>(size)});
            PQfreemem(piece);
            if (!go_on) {
                refusal = lost("stopped");
                return;
            }
        } else if (size == 0) {
            if (wait(POLLIN, deadline()) && PQconsumeInput(handle_) == 1) continue;
            refusal = lost("no answer in time");
            return;
        } else {
            return;  // the end, or an error that answer() tells
        }
    }
}

void Native::copy_in(const std::function<std::optional<std::string>()>& give,
                     std::optional<Refusal>& refusal) {
    for (;;) {
        const auto piece = give();
        if (!piece || piece->empty()) {
            PQputCopyEnd(handle_, piece ? nullptr : "stopped");
            return;
        }
        if (PQputCopyData(handle_, piece->data(), static_cast<int>(piece->size())) != 1 ||
            !flush()) {
            refusal = lost();
            return;
        }
    }
}

// --- state ---

Refusal Native::lost(const char* otherwise) {
    gone_ = true;
    const std::string words = PQerrorMessage(handle_);
    return {"", words.empty() ? otherwise : words, true};
}

bool Native::alive() const {
    return !gone_ && PQstatus(handle_) == CONNECTION_OK;
}

bool Native::idle() const {
    return PQtransactionStatus(handle_) == PQTRANS_IDLE;
}

bool Native::is_commit(const Answer& answer) {
    return std::string_view(PQcmdStatus(answer.get())) == "COMMIT";
}

int Native::backend() const {
    return PQbackendPID(handle_);
}

bool Native::notified() {
    if (PQconsumeInput(handle_) == 0) gone_ = true;
    bool any = false;
    while (PGnotify* notify = PQnotifies(handle_)) {
        any = true;
        PQfreemem(notify);
    }
    return any;
}

bool Native::take_warning() {
    return std::exchange(warned_, false);
}

}  // namespace pintu::postgres
