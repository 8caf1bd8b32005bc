#include "engine/rules/check/versions.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "engine/base/nearest.hpp"
#include "engine/rules/check/bounds.hpp"

namespace pintu::rules {

namespace {

constexpr std::int32_t kHorizonDays = 365;  // R13
constexpr Date kNoEnd{std::numeric_limits<std::int32_t>::max()};

class Versions {
  public:
    Versions(const Stack& stack, Diagnostics& diagnostics)
        : stack_(stack), diagnostics_(diagnostics), horizon_(next(stack.today, kHorizonDays)) {}

    std::vector<Interval> cut() {
        for (const LayerFiles& layer : stack_.layers) add_layer(layer);
        std::vector<Interval> result;
        const std::vector<Date> starts = starts_of_intervals();
        for (std::size_t i = 0; i < starts.size(); ++i) {
            const bool last = i + 1 == starts.size();
            const Date until = last ? horizon_ : next(starts[i + 1], -1);
            Interval interval{starts[i], until, last ? end_of_last() : until, {}};
            for (const ActiveFile& active : files_)
                if (active.in_force(interval.from)) interval.files.push_back(active);
            if (interval.files.empty()) report_hole(interval);
            result.push_back(std::move(interval));
        }
        return result;
    }

  private:
    void add_layer(const LayerFiles& layer) {
        std::map<std::string, std::vector<ActiveFile>> by_name;
        for (const syntax::File* file : layer.files) {
            if (file->until && *file->until < file->from) continue;  // the parser says so
            by_name[file->ruleset.text].push_back(
                {file, layer.code, 0, &layer, file->from, file->until.value_or(horizon_)});
        }
        for (auto& [name, versions] : by_name) end_before_next(versions);
        add_own_and_overlays(layer, by_name);
    }

    // L7: without `until`, a version ends the day before the next one.
    void end_before_next(std::vector<ActiveFile>& versions) {
        std::stable_sort(versions.begin(), versions.end(),
                         [](const auto& a, const auto& b) { return a.from < b.from; });
        for (std::size_t i = 0; i + 1 < versions.size(); ++i) {
            const ActiveFile& after = versions[i + 1];
            const bool same_day = versions[i].from == after.from;
            const bool reaches_over = versions[i].file->until && versions[i].until >= after.from;
            if (same_day || reaches_over)
                diagnostics_.error("RU139", after.file->header, after.file->ruleset.text,
                                   to_string(after.from),
                                   stack_.sources->place(versions[i].file->header));
            versions[i].until = std::min(versions[i].until, next(after.from, -1));
        }
    }

    void add_own_and_overlays(const LayerFiles& layer,
                              const std::map<std::string, std::vector<ActiveFile>>& by_name) {
        const std::size_t own = depth_++;
        for (const auto& [name, versions] : by_name) {
            for (ActiveFile active : versions) {
                active.depth = own;
                if (active.file->overlay_of) {
                    check_base(active, by_name);
                    active.layer = layer.code + "+" + name;
                    active.depth = own + 1;
                }
                files_.push_back(active);
            }
        }
        ++depth_;
        std::stable_sort(files_.begin(), files_.end(),
                         [](const auto& a, const auto& b) { return a.depth < b.depth; });
    }

    // An overlay lies over a ruleset of its own layer, which is in force as long as it is.
    void check_base(const ActiveFile& overlay,
                    const std::map<std::string, std::vector<ActiveFile>>& by_name) {
        const syntax::Name& base = *overlay.file->overlay_of;
        const auto found = by_name.find(base.text);
        if (found == by_name.end()) {
            std::vector<std::string> names;
            for (const auto& [name, versions] : by_name) names.push_back(name);
            const std::string near = nearest(base.text, names);
            if (near.empty())
                diagnostics_.error("RU141", base.span, base.text, overlay.file->ruleset.text);
            else
                diagnostics_.error("RU142", base.span, base.text, overlay.file->ruleset.text, near);
            return;
        }
        Date covered = overlay.from;  // the first day not yet seen to be covered
        for (const ActiveFile& version : found->second)
            if (version.in_force(covered)) covered = next(version.until);
        if (covered <= overlay.until)
            diagnostics_.error("RU143", overlay.file->header, overlay.file->ruleset.text, base.text,
                               to_string(covered));
    }

    std::vector<Date> starts_of_intervals() {
        std::set<Date> starts;
        for (const ActiveFile& active : files_) {
            if (active.from > active.until) continue;
            starts.insert(active.from);
            if (active.until < horizon_) starts.insert(next(active.until));
            for (const auto& item : active.file->items)
                if (const auto* gap = std::get_if<syntax::AcceptGap>(&item))
                    if (gap->until >= active.from && gap->until < active.until)
                        starts.insert(next(gap->until));
        }
        starts.erase(starts.upper_bound(horizon_), starts.end());
        if (starts.size() > kMostIntervals) {
            diagnostics_.error("RU160", files_.front().file->header, std::to_string(starts.size()),
                               std::to_string(kMostIntervals));
            return {};
        }
        return {starts.begin(), starts.end()};
    }

    // What is in force at the horizon stays so until a file begins or ends after it, or a gap runs
    // out: a node that is not told of another day for a year goes on by it.
    Date end_of_last() const {
        Date end = kNoEnd;
        const auto until = [&](Date last) {
            if (last >= horizon_) end = std::min(end, last);
        };
        for (const ActiveFile& active : files_) {
            until(next(active.from, -1));
            if (active.from > active.until) continue;
            if (active.until > horizon_ || active.file->until) until(active.until);
            for (const auto& item : active.file->items)
                if (const auto* gap = std::get_if<syntax::AcceptGap>(&item))
                    if (gap->until >= active.from) until(gap->until);
        }
        return end;
    }

    void report_hole(const Interval& hole) {
        const ActiveFile* before = nullptr;
        for (const ActiveFile& active : files_)
            if (active.until < hole.from && (before == nullptr || active.until > before->until))
                before = &active;
        diagnostics_.error("RU144", before == nullptr ? Span{} : before->file->header,
                           stack_.agency.value, to_string(hole.from), to_string(hole.until));
    }

    const Stack& stack_;
    Diagnostics& diagnostics_;
    Date horizon_;
    std::size_t depth_ = 0;
    std::vector<ActiveFile> files_;
};

}  // namespace

std::vector<Interval> intervals(const Stack& stack, Diagnostics& diagnostics) {
    return Versions(stack, diagnostics).cut();
}

}  // namespace pintu::rules
