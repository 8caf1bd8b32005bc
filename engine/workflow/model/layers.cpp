#include "engine/workflow/model/layers.hpp"

#include <algorithm>

#include "engine/workflow/model/reader.hpp"

namespace pintu::workflow {
namespace {

std::vector<std::string> split_path(const std::string& path) {
    std::vector<std::string> steps;
    for (std::size_t begin = 0; begin <= path.size();) {
        const auto end = std::min(path.find('.', begin), path.size());
        steps.push_back(path.substr(begin, end - begin));
        begin = end + 1;
    }
    return steps;
}

// Where lower writes something else than upper at the path, or above it; nullptr where it does not.
const yaml::Entry* change_at(const yaml::Node& upper, const yaml::Node& lower,
                             const std::vector<std::string>& steps) {
    const auto* above = &upper;
    const auto* below = &lower;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto* entry = below->find_entry(steps[i]);
        if (entry == nullptr) return nullptr;
        above = above != nullptr ? above->find(steps[i]) : nullptr;
        const bool last = i + 1 == steps.size();
        // A map below merges by key, so it is looked into; anything else replaces all of it.
        if (last || !entry->value.is_map())
            return above != nullptr && equal(*above, entry->value) ? nullptr : entry;
        below = &entry->value;
    }
    return nullptr;
}

// At the last step of a fixed path a map of the lower layer may repeat part of it.
bool repeats_part(const yaml::Node& upper, const yaml::Node& lower) {
    if (!upper.is_map() || !lower.is_map()) return equal(upper, lower);
    return std::all_of(lower.entries.begin(), lower.entries.end(), [&](const yaml::Entry& entry) {
        const auto* same = upper.find(entry.key);
        return same != nullptr && repeats_part(*same, entry.value);
    });
}

const yaml::Node* at_path(const yaml::Node& tree, const std::vector<std::string>& steps) {
    const auto* node = &tree;
    for (const auto& step : steps)
        if (node != nullptr) node = node->find(step);
    return node;
}

}  // namespace

bool equal(const yaml::Node& left, const yaml::Node& right) {
    if (left.kind != right.kind || left.text != right.text ||
        left.items.size() != right.items.size() || left.entries.size() != right.entries.size())
        return false;
    for (std::size_t i = 0; i < left.items.size(); ++i)
        if (!equal(left.items[i], right.items[i])) return false;
    return std::all_of(left.entries.begin(), left.entries.end(), [&](const yaml::Entry& entry) {
        const auto* other = right.find(entry.key);
        return other != nullptr && equal(entry.value, *other);
    });
}

void check_fixed(const yaml::Node& upper, const yaml::Node& lower, const SourceSet& sources,
                 Diagnostics& diagnostics) {
    const auto* fixed = upper.find("fixed");
    if (fixed == nullptr) return;
    for (const auto& path :
         yaml::as_words(*fixed, diagnostics).value_or(std::vector<yaml::Word>{})) {
        const auto steps = split_path(path.text);
        const auto* above = at_path(upper, steps);
        if (above == nullptr) {
            diagnostics.error("WF303", path.span, path.text);
            continue;
        }
        const auto* change = change_at(upper, lower, steps);
        if (change != nullptr && !repeats_part(*above, change->value))
            diagnostics.error("WF301", change->key_span, path.text, sources.place(path.span),
                              sources.place(above->span));
    }
}

void check_limited_clocks(const yaml::Node& upper, const yaml::Node& lower,
                          const std::vector<LimitedDecision>& limited, const SourceSet& sources,
                          Diagnostics& diagnostics) {
    const auto* clocks = upper.find("clocks");
    if (clocks == nullptr) return;
    for (const auto& clock : clocks->entries) {
        const auto* lasts = clock.value.find("lasts");
        const auto decision = lasts != nullptr ? decision_named(lasts->text) : std::nullopt;
        const auto limit =
            std::find_if(limited.begin(), limited.end(),
                         [&](const LimitedDecision& d) { return d.name == decision; });
        if (limit == limited.end()) continue;
        for (const auto* key : {"start", "stop", "lasts", "calendar", "paused_in"}) {
            const auto* change = change_at(upper, lower, {"clocks", clock.key, key});
            if (change == nullptr) continue;
            diagnostics.error("WF302", change->key_span, clock.key, change->key, limit->name,
                              sources.place(limit->limit), sources.place(clock.key_span));
            if (change->key != key) break;  // the clock as a whole: once is enough
        }
    }
}

}  // namespace pintu::workflow
