#include "tests/bench/durable/raw_limit.hpp"

#include <libpq-fe.h>

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <thread>

#include "tests/bench/durable/work.hpp"

namespace pintu::bench {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Connection connect(const std::string& address) {
    Connection made(PQconnectdb(address.c_str()), &PQfinish);
    if (PQstatus(made.get()) != CONNECTION_OK) give_up(PQerrorMessage(made.get()));
    return made;
}

Answer checked(PGconn* connection, PGresult* result) {
    Answer answer(result, &PQclear);
    const auto status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        give_up(PQerrorMessage(connection));
    return answer;
}

Answer run(PGconn* connection, const std::string& sql) {
    return checked(connection, PQexec(connection, sql.c_str()));
}

// Rows that wait for the writer, and how many of all rows were committed.
struct Queue {
    std::mutex mutex;
    std::condition_variable came, committed;
    std::vector<std::int64_t> waiting;
    std::int64_t taken = 0;
    std::int64_t done = 0;
    bool closed = false;
};

void write_rows(PGconn* connection, Queue& queue, const std::string& text,
                std::vector<double>& commits_ms) {
    std::unique_lock lock(queue.mutex);
    for (;;) {
        queue.came.wait(lock, [&] { return queue.closed || !queue.waiting.empty(); });
        if (queue.waiting.empty()) return;
        std::vector<std::int64_t> rows;
        rows.swap(queue.waiting);
        lock.unlock();
        std::string ids = "{";
        std::string texts = "{";
        for (const auto id : rows) {
            if (ids.size() > 1) ids += ',', texts += ',';
            ids += std::to_string(id);
            texts += '"' + text + '"';
        }
        ids += '}', texts += '}';
        const char* values[] = {ids.c_str(), texts.c_str()};
        const double start = seconds();
        checked(connection, PQexecPrepared(connection, "put", 2, values, nullptr, nullptr, 0));
        commits_ms.push_back((seconds() - start) * 1e3);
        lock.lock();
        queue.done += static_cast<std::int64_t>(rows.size());
        queue.committed.notify_all();
    }
}

void send_rows(Queue& queue, double until, std::vector<double>& latencies_ms) {
    while (seconds() < until) {
        const double start = seconds();
        std::unique_lock lock(queue.mutex);
        const std::int64_t mine = ++queue.taken;
        queue.waiting.push_back(mine);
        queue.came.notify_one();
        queue.committed.wait(lock, [&] { return queue.done >= mine; });
        lock.unlock();
        latencies_ms.push_back((seconds() - start) * 1e3);
    }
}

}  // namespace

RawIntake raw_intake(const std::string& address, int senders, double for_seconds) {
    const auto connection = connect(address);
    run(connection.get(), "drop table if exists raw_intake");
    run(connection.get(), "create table raw_intake (id bigint primary key, text text not null)");
    checked(connection.get(), PQprepare(connection.get(), "put",
                                        "insert into raw_intake select * from "
                                        "unnest($1::bigint[], $2::text[])",
                                        2, nullptr));
    RawIntake made;
    Queue queue;
    std::vector<double> commits_ms;
    const std::string text = some_facts().front().text;
    std::thread writer([&] { write_rows(connection.get(), queue, text, commits_ms); });
    std::vector<std::vector<double>> latencies(static_cast<std::size_t>(senders));
    std::vector<std::thread> threads;
    const double until = seconds() + for_seconds;
    for (auto& mine : latencies)
        threads.emplace_back([&queue, &mine, until] { send_rows(queue, until, mine); });
    for (auto& thread : threads) thread.join();
    {
        const std::lock_guard lock(queue.mutex);
        queue.closed = true;
    }
    queue.came.notify_all();
    writer.join();
    for (const auto& mine : latencies)
        made.latencies_ms.insert(made.latencies_ms.end(), mine.begin(), mine.end());
    made.commit_ms = quantile(commits_ms, 0.5);
    made.per_second = static_cast<double>(made.latencies_ms.size()) / for_seconds;
    run(connection.get(), "drop table raw_intake");
    return made;
}

double raw_poll_us(const std::string& address, std::int64_t pending) {
    const auto connection = connect(address);
    run(connection.get(), "drop table if exists raw_timers");
    run(connection.get(),
        "create table raw_timers (case_id bigint primary key, due_at timestamptz not null)");
    run(connection.get(),
        "insert into raw_timers select i, now() + interval '1 day' * (1 + i % 300) from "
        "generate_series(1, " +
            std::to_string(pending) + ") i");
    run(connection.get(), "create index on raw_timers (due_at)");
    run(connection.get(), "analyze raw_timers");
    checked(connection.get(), PQprepare(connection.get(), "poll",
                                        "select case_id from raw_timers where due_at <= now() "
                                        "order by due_at limit 100",
                                        0, nullptr));
    std::vector<double> times;
    for (int i = 0; i < 3'000; ++i) {
        const double start = seconds();
        checked(connection.get(),
                PQexecPrepared(connection.get(), "poll", 0, nullptr, nullptr, nullptr, 0));
        times.push_back((seconds() - start) * 1e6);
    }
    run(connection.get(), "drop table raw_timers");
    return quantile(times, 0.5);
}

void run_sql(const std::string& address, const std::string& sql) {
    run(connect(address).get(), sql);
}

std::string ask_sql(const std::string& address, const std::string& sql) {
    const auto connection = connect(address);
    const auto answer = run(connection.get(), sql);
    return PQntuples(answer.get()) == 0 ? "" : PQgetvalue(answer.get(), 0, 0);
}

}  // namespace pintu::bench
