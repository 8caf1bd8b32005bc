// Numbers of one process, for Prometheus (docs/metrics.md). Every metric stands in one visible list
// (families()); labels are words of ours and codes, never anything of a report. Any thread may
// call.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pintu::metrics {

enum class Metric {
    build,
    started,
    definitions,
    steps,
    commands,
    timers,
    events,
    commits,
    commit_seconds,
    commit_cases,
    conflicts,
    intake,
    turns,
    stale_turns,
    effects,
    store_errors,
    due_timers,
    pending_commands,
    unsent_effects,
    unsequenced_events,
    open_incidents,
    plugin_calls,
    plugin_restarts,
    plugin_quarantined,
};

enum class Kind { counter, gauge, histogram };

struct Family {
    Metric metric;
    std::string_view name;
    Kind kind;
    std::string_view label;          // its one label's name; empty: it has none
    std::vector<double> bounds;      // of a histogram: upper bounds of its buckets, rising
    std::vector<std::string> known;  // values of the label that are shown from the start, as 0
    std::string_view help;
};
// In the order of Metric.
std::span<const Family> families();

class Metrics {
  public:
    Metrics();

    void add(Metric metric, std::uint64_t count = 1, const std::string& label = {});
    void set(Metric metric, double value, const std::string& label = {});
    // The family has this label and no other from now on, with value 1.
    void set_only(Metric metric, const std::string& label);
    void observe(Metric metric, double value);

    // All of it, in Prometheus' text format 0.0.4.
    std::string text() const;

  private:
    struct Histogram {
        std::vector<std::uint64_t> buckets;  // one more than there are bounds
        std::uint64_t count = 0;
        double sum = 0;
    };
    struct Values {
        std::map<std::string, double> by_label;
        Histogram histogram;
    };
    Values& of(Metric metric) { return values_[static_cast<std::size_t>(metric)]; }

    mutable std::mutex mutex_;
    std::vector<Values> values_;  // by Metric
};

}  // namespace pintu::metrics
