#include "adapters/metrics/metrics.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace pintu::metrics {
namespace {

const std::vector<double> kSeconds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                      0.1,    0.25,  0.5,    1,     2.5,  5,     10};
const std::vector<double> kCounts = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096};

using enum Metric;
using enum Kind;
const std::vector<Family> kFamilies = {
    {build, "pintu_build_info", gauge, "version", {}, {}, "The program's version."},
    {started,
     "process_start_time_seconds",
     gauge,
     "",
     {},
     {},
     "When the process began, in seconds since 1970-01-01T00:00:00Z."},
    {definitions,
     "pintu_definitions_info",
     gauge,
     "id",
     {},
     {},
     "The set of definitions by which this node decides."},
    {steps, "pintu_steps_total", counter, "", {}, {}, "Steps of this node's loop."},
    {commands,
     "pintu_commands_total",
     counter,
     "outcome",
     {},
     {"accepted", "refused"},
     "Commands that this node decided."},
    {timers, "pintu_timers_total", counter, "", {}, {}, "Timers that this node fired."},
    {events, "pintu_events_total", counter, "", {}, {}, "Events that this node committed."},
    {commits,
     "pintu_commits_total",
     counter,
     "answer",
     {},
     {"kept", "conflict", "stale", "error"},
     "Commits by what the store answered."},
    {commit_seconds,
     "pintu_commit_seconds",
     histogram,
     "",
     kSeconds,
     {},
     "How long commits that were kept took, in seconds."},
    {commit_cases,
     "pintu_commit_cases",
     histogram,
     "",
     kCounts,
     {},
     "Cases that changed in one commit."},
    {conflicts,
     "pintu_conflicts_total",
     counter,
     "",
     {},
     {},
     "Cases that another commit changed first, and that were decided anew."},
    {intake,
     "pintu_intake_total",
     counter,
     "status",
     {},
     {"accepted", "repeated", "conflict", "rejected"},
     "Reports that this node answered."},
    {turns,
     "pintu_turns_total",
     counter,
     "work",
     {},
     {"decide", "send", "follow"},
     "Turns that this node took."},
    {stale_turns,
     "pintu_stale_turns_total",
     counter,
     "",
     {},
     {},
     "Turns that had run out when this node wanted to commit."},
    {effects,
     "pintu_effects_total",
     counter,
     "outcome",
     {},
     {"done", "refused", "later"},
     "Effects that this node performed, or could not."},
    {store_errors, "pintu_store_errors_total", counter, "code", {}, {}, "Errors of the store."},
    {due_timers, "pintu_due_timers", gauge, "", {}, {}, "Timers that are due, of all agencies."},
    {pending_commands,
     "pintu_pending_commands",
     gauge,
     "",
     {},
     {},
     "Commands that wait, of all agencies."},
    {unsent_effects,
     "pintu_unsent_effects",
     gauge,
     "",
     {},
     {},
     "Effects that wait, of all agencies."},
    {unsequenced_events,
     "pintu_unsequenced_events",
     gauge,
     "",
     {},
     {},
     "Events that have no place in their agency's log yet."},
    {open_incidents,
     "pintu_open_incidents",
     gauge,
     "",
     {},
     {},
     "Incidents that wait for a person."},
    {plugin_calls, "pintu_plugin_calls_total", counter, "plugin", {}, {}, "Calls of a plugin."},
    {plugin_restarts,
     "pintu_plugin_restarts_total",
     counter,
     "plugin",
     {},
     {},
     "Times that a plugin was started again after it crashed, hung or broke its promises."},
    {plugin_quarantined,
     "pintu_plugin_quarantined",
     gauge,
     "plugin",
     {},
     {},
     "1: the plugin is not called until a person enables it again."},
};

std::string number(double value) {
    if (std::isinf(value)) return value < 0 ? "-Inf" : "+Inf";
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    return {text, end};
}

// A backslash, a quote and a line's end are escaped (text format 0.0.4).
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + '"';
}

std::string with_label(const Family& family, const std::string& label) {
    std::string text(family.name);
    if (!family.label.empty()) text += '{' + std::string(family.label) + '=' + quoted(label) + '}';
    return text;
}

}  // namespace

std::span<const Family> families() {
    return kFamilies;
}

Metrics::Metrics() : values_(families().size()) {
    for (const auto& family : families()) {
        auto& values = of(family.metric);
        if (family.kind == Kind::histogram)
            values.histogram.buckets.resize(family.bounds.size() + 1);
        else if (family.label.empty())
            values.by_label[""] = 0;
        for (const auto& label : family.known) values.by_label[label] = 0;
    }
}

void Metrics::add(Metric metric, std::uint64_t count, const std::string& label) {
    const std::lock_guard guard(mutex_);
    of(metric).by_label[label] += static_cast<double>(count);
}

void Metrics::set(Metric metric, double value, const std::string& label) {
    const std::lock_guard guard(mutex_);
    of(metric).by_label[label] = value;
}

void Metrics::set_only(Metric metric, const std::string& label) {
    const std::lock_guard guard(mutex_);
    of(metric).by_label = {{label, 1}};
}

void Metrics::observe(Metric metric, double value) {
    const std::lock_guard guard(mutex_);
    const auto& bounds = families()[static_cast<std::size_t>(metric)].bounds;
    auto& histogram = of(metric).histogram;
    const auto at = std::lower_bound(bounds.begin(), bounds.end(), value);
    ++histogram.buckets[static_cast<std::size_t>(at - bounds.begin())];
    ++histogram.count;
    histogram.sum += value;
}

std::string Metrics::text() const {
    static constexpr std::string_view kKinds[] = {"counter", "gauge", "histogram"};
    const std::lock_guard guard(mutex_);
    std::string text;
    for (const auto& family : families()) {
        const std::string name(family.name);
        const auto& values = values_[static_cast<std::size_t>(family.metric)];
        text += "# HELP " + name + ' ' + std::string(family.help) + '\n';
        text += "# TYPE " + name + ' ' +
                std::string(kKinds[static_cast<std::size_t>(family.kind)]) + '\n';
        for (const auto& [label, value] : values.by_label)
            text += with_label(family, label) + ' ' + number(value) + '\n';
        if (family.kind != Kind::histogram) continue;
        std::uint64_t below = 0;
        for (std::size_t i = 0; i < values.histogram.buckets.size(); ++i) {
            below += values.histogram.buckets[i];
            const std::string bound = i < family.bounds.size() ? number(family.bounds[i]) : "+Inf";
            text += name + "_bucket{le=\"" + bound + "\"} " + std::to_string(below) + '\n';
        }
        text += name + "_sum " + number(values.histogram.sum) + '\n';
        text += name + "_count " + std::to_string(values.histogram.count) + '\n';
    }
    return text;
}

}  // namespace pintu::metrics
