// How near the store comes to the least that its rows cost: the same rows inserted into the same
// tables by bare prepared statements, in transactions of the same size, both durable
// (synchronous=FULL). Commits are made beforehand; deciding is not measured here.
//
//   store_bench [FOLDER] [CASES] [CASES_PER_COMMIT]
#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "adapters/store/sql/lists.hpp"
#include "adapters/store/store.hpp"
#include "tests/support/sample_commits.hpp"

namespace pintu {
namespace {

using Seconds = std::chrono::duration<double>;

double seconds_since(std::chrono::steady_clock::time_point start) {
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

void require(bool done, const char* what) {
    if (done) return;
    std::fprintf(stderr, "store_bench: %s failed\n", what);
    std::exit(1);
}

// Intake of all cases, then two moves of each, `per_commit` cases to a commit.
std::vector<ports::Commit> make_commits(int cases, int per_commit) {
    constexpr Instant kStart{1'773'365'400'000'000};
    testing::SampleCases sample;
    std::vector<ports::Commit> commits;
    for (const char* state : {"", "terverifikasi", "diproses"}) {
        for (int i = 0; i < cases; ++i) {
            if (i % per_commit == 0) commits.emplace_back();
            const std::string name = std::to_string(i);
            const Instant at = plus_seconds(kStart, static_cast<std::int64_t>(commits.size()));
            if (*state == '\0') {
                sample.receive(commits.back(), name, at);
            } else {
                sample.move(commits.back(), name, state, at);
            }
        }
    }
    return commits;
}

std::size_t count_events(const std::vector<ports::Commit>& commits) {
    std::size_t count = 0;
    for (const auto& commit : commits) count += commit.events.size();
    return count;
}

double run_store(const std::string& file, const std::vector<ports::Commit>& commits) {
    auto store = store::open_store("sqlite:" + file);
    require(store.has_value(), "open");
    const auto start = std::chrono::steady_clock::now();
    for (const auto& commit : commits) {
        const auto answer = (*store)->commit(commit);
        require(answer && answer->conflicts.empty(), "commit");
    }
    return seconds_since(start);
}

// Bare statements on the tables that the store made.
class Raw {
  public:
    explicit Raw(const std::string& file) {
        require(store::open_store("sqlite:" + file).has_value(), "schema");
        require(sqlite3_open(file.c_str(), &handle_) == SQLITE_OK, "open raw");
        run("PRAGMA synchronous = FULL");
        run("PRAGMA cache_size = -65536");
    }
    ~Raw() {
        for (auto* statement : statements_) sqlite3_finalize(statement);
        sqlite3_close(handle_);
    }
    void run(const char* sql) {
        require(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr) == SQLITE_OK, sql);
    }
    int prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        require(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
                sql.c_str());
        statements_.push_back(statement);
        return static_cast<int>(statements_.size()) - 1;
    }
    template <class... Args>
    void insert(int which, const Args&... args) {
        statement_ = statements_[static_cast<std::size_t>(which)];
        column_ = 0;
        (bind(args), ...);
        require(sqlite3_step(statement_) == SQLITE_DONE, "insert");
        sqlite3_reset(statement_);
    }
    void bind(std::int64_t value) { sqlite3_bind_int64(statement_, ++column_, value); }
    void bind(std::uint64_t value) { bind(static_cast<std::int64_t>(value)); }
    void bind(int value) { bind(std::int64_t{value}); }
    void bind(std::uint32_t value) { bind(std::int64_t{value}); }
    void bind(bool value) { bind(std::int64_t{value}); }
    void bind(Instant value) { bind(value.micros); }
    void bind(const std::string& value) {
        sqlite3_bind_text64(statement_, ++column_, value.data(), value.size(), SQLITE_STATIC,
                            SQLITE_UTF8);
    }
    void bind(const Digest& value) {
        sqlite3_bind_blob64(statement_, ++column_, value.data(), value.size(), SQLITE_STATIC);
    }
    template <class Tag>
    void bind(const Id<Tag>& value) {
        bind(value.value);
    }
    template <class T>
    void bind(const std::optional<T>& value) {
        if (value) {
            bind(*value);
        } else {
            sqlite3_bind_null(statement_, ++column_);
        }
    }
    void bind(const cases::Values& values) { bind_list(store::to_list(values)); }
    void bind(const std::vector<cases::ClockRow>& clocks) { bind_list(store::to_list(clocks)); }
    void bind_list(const std::string& list) {
        sqlite3_bind_text64(statement_, ++column_, list.data(), list.size(), SQLITE_TRANSIENT,
                            SQLITE_UTF8);
    }
    // For CaseRow::fields.
    template <class T>
    void operator()(const char*, const T& value) {
        bind(value);
    }
    void insert_case(int which, const cases::CaseRow& row, const std::string& lookups) {
        statement_ = statements_[static_cast<std::size_t>(which)];
        column_ = 0;
        cases::CaseRow::fields(*this, row);
        bind(false);
        bind(1);
        bind(lookups);
        require(sqlite3_step(statement_) == SQLITE_DONE, "insert case");
        sqlite3_reset(statement_);
    }

  private:
    sqlite3* handle_ = nullptr;
    std::vector<sqlite3_stmt*> statements_;
    sqlite3_stmt* statement_ = nullptr;
    int column_ = 0;
};

std::string insert_into(const std::string& table, int columns, const char* verb = "INSERT") {
    std::string marks = "?";
    for (int i = 1; i < columns; ++i) marks += ", ?";
    return std::string(verb) + " INTO " + table + " VALUES (" + marks + ")";
}

double run_raw(const std::string& file, const std::vector<ports::Commit>& commits) {
    Raw raw(file);
    const int event =
        raw.prepare(insert_into("events (agency, position, case_id, sequence, bytes, leaf)", 6));
    const int personal = raw.prepare(insert_into("personal", 5));
    const int key = raw.prepare(insert_into("case_keys", 3));
    const int row = raw.prepare(insert_into("cases", 30, "REPLACE"));
    const int lookup = raw.prepare(insert_into("lookups", 8));
    const int timer = raw.prepare(insert_into("timers", 4, "REPLACE"));
    const int intake = raw.prepare(insert_into("intake", 5));
    const int effect = raw.prepare(insert_into(
        "outbox (agency, effect_key, case_id, tracking_id, at, kind, message, whom, unit, "
        "person_list)",
        10));
    const int root = raw.prepare(insert_into("roots", 3));
    std::uint64_t position = 0;
    const auto start = std::chrono::steady_clock::now();
    for (const auto& commit : commits) {
        raw.run("BEGIN IMMEDIATE");
        for (const auto& added : commit.events) {
            raw.insert(event, added.event.agency, position++, added.event.case_id,
                       added.event.sequence, added.bytes, added.leaf);
        }
        const AgencyCode& agency = commit.events.front().event.agency;
        for (const auto& value : commit.personal) {
            raw.insert(personal, agency, value.case_id, value.sequence, value.path, value.value);
        }
        for (const auto& made : commit.keys) raw.insert(key, agency, made.case_id, made.key);
        for (const auto& update : commit.cases) {
            raw.insert_case(row, update.row, store::to_list(update.lookups));
            if (update.timer) {
                raw.insert(timer, agency, update.row.id, update.timer->due, update.timer->name);
            }
            if (commit.keys.empty()) continue;
            for (const auto& [attribute, value] : update.lookups) {
                raw.insert(lookup, agency, attribute, value, update.row.received_at, update.row.id,
                           1, update.row.lat_udeg, update.row.lon_udeg);
            }
        }
        for (const auto& taken : commit.intake) {
            raw.insert(intake, agency, taken.key.key, taken.case_id, taken.tracking_id,
                       taken.content);
        }
        for (const auto& e : commit.outbox) {
            raw.insert(effect, e.agency, e.key, e.case_id, e.tracking_id, e.at, e.kind, e.message,
                       e.whom, e.unit, std::string());
        }
        raw.insert(root, agency, position, commit.events.back().leaf);
        raw.run("COMMIT");
    }
    return seconds_since(start);
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

}  // namespace
}  // namespace pintu

int main(int argc, char** argv) {
    using namespace pintu;
    const std::string folder = std::string(argc > 1 ? argv[1] : ".") + "/store_bench.tmp";
    const int cases = argc > 2 ? std::atoi(argv[2]) : 20'000;
    const int per_commit = argc > 3 ? std::atoi(argv[3]) : 250;
    const auto commits = make_commits(cases, per_commit);
    const auto events = static_cast<double>(count_events(commits));
    std::vector<double> with_store, bare;
    for (int round = 0; round < 5; ++round) {
        std::filesystem::remove_all(folder);
        std::filesystem::create_directories(folder);
        with_store.push_back(run_store(folder + "/store.db", commits));
        bare.push_back(run_raw(folder + "/raw.db", commits));
    }
    std::filesystem::remove_all(folder);
    std::printf("%d cases, %.0f events, %d cases a commit, synchronous=FULL, median of 5\n", cases,
                events, per_commit);
    std::printf("raw inserts: %9.0f events/s\n", events / median(bare));
    std::printf("store:       %9.0f events/s\n", events / median(with_store));
    std::printf("ratio:       %9.2f (at least 0.60)\n", median(bare) / median(with_store));
    return 0;
}
