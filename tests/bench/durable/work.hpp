// What the durable benchmarks share: arguments, reports made of the peers' facts, what a runtime
// needs, time and memory.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/node/node.hpp"
#include "tests/bench/peers/facts.hpp"

namespace pintu::bench {

// "--name value" pairs.
class Arguments {
  public:
    Arguments(int count, char** values);
    std::string text(const std::string& name, const std::string& otherwise) const;
    std::int64_t number(const std::string& name, std::int64_t otherwise) const;

  private:
    std::map<std::string, std::string> given_;
};

// Says what went wrong and ends the program.
[[noreturn]] void give_up(const std::string& what);
[[noreturn]] void give_up(const Error& error);
template <class T>
T must(Result<T> result) {
    if (!result) give_up(result.error());
    return std::move(*result);
}
inline void must(const Result<void>& result) {
    if (!result) give_up(result.error());
}

// A connection of one's own, effects done at once and forgotten, errors told on standard error,
// the machine's clock `ahead_s` seconds on.
node::Equipment equip(const std::string& address, std::int64_t ahead_s = 0);
runtime::Runtime make_runtime(node::Equipment& equipment, runtime::Settings settings,
                              const runtime::Loadout& loadout);
runtime::Settings batches_of(std::size_t batch);
Date today();

// The peers' facts where WORK names their folder, else texts of the same length.
std::vector<Fact> some_facts();
// Report `number`, to the agency of its turn.
cases::Report report_of(const std::vector<Fact>& facts, const std::vector<AgencyCode>& agencies,
                        std::int64_t number);

double seconds();      // monotonic
double cpu_seconds();  // of this process
double peak_mb();      // memory of this process, at its highest
// The value below which `share` of them are; sorts.
double quantile(std::vector<double>& values, double share);

}  // namespace pintu::bench
