// The least that an acknowledged intake can cost on PostgreSQL, by hand on libpq: senders hand a
// row to one writer, which inserts all that wait in one statement, one commit, and then answers
// them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace pintu::bench {

struct RawIntake {
    std::vector<double> latencies_ms;
    double commit_ms = 0;  // median of the writer's statement and commit
    double per_second = 0;
};

// `address` is a libpq URL; makes and drops tables of its own.
RawIntake raw_intake(const std::string& address, int senders, double seconds);

// Microseconds of a bare indexed query that finds nothing due, and of a claim by hand: the median
// of many, over `pending` timers.
double raw_poll_us(const std::string& address, std::int64_t pending);

// Runs statements, or ends the program.
void run_sql(const std::string& address, const std::string& sql);
// The first column of the first row; "" without one.
std::string ask_sql(const std::string& address, const std::string& sql);

}  // namespace pintu::bench
