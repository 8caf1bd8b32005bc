// What happened, in order: a running hash by which two runs of a seed are compared, and words for
// people where somebody wants to read them.
#pragma once

#include <cstdint>
#include <string>

#include "tests/simulate/scheduler.hpp"

namespace pintu::simulate {

// Where loud traces go: nullptr is stderr.
void set_trace_sink(std::string* sink);

class Trace {
  public:
    // `loud`: each step is printed to stderr as it happens.
    Trace(Scheduler& scheduler, bool loud) : scheduler_(scheduler), loud_(loud) {}

    bool loud() const { return loud_; }
    // `words(...)` is only called where somebody reads.
    template <class Words>
    void step(const char* what, int who, std::uint64_t value, Words words) {
        mix(static_cast<std::uint64_t>(scheduler_.now()));
        mix(static_cast<std::uint64_t>(who));
        mix(value);
        if (loud_) print(what, who, words());
    }
    void mix(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001b3U + (hash_ >> 29U); }
    std::uint64_t hash() const { return hash_; }

  private:
    void print(const char* what, int who, const std::string& words) const;

    Scheduler& scheduler_;
    bool loud_;
    std::uint64_t hash_ = 0xcbf29ce484222325U;
};

}  // namespace pintu::simulate
