// Inside the check room: which files are in force when (L7).
#pragma once

#include <vector>

#include "engine/rules/check/check.hpp"

namespace pintu::rules {

// A file with the dates that it rules over.
struct ActiveFile {
    const syntax::File* file = nullptr;
    std::string layer;      // "64.09", of an overlay "64.09+covid"
    std::size_t depth = 0;  // place of its layer in the stack, overlays counted: most local = most
    const LayerFiles* folder = nullptr;
    Date from;
    Date until;  // the day before the next version, or the horizon
    bool in_force(Date date) const { return date >= from && date <= until; }
};

struct Interval {
    Date from;
    Date until;  // the horizon at the latest: so far it is proved (R13)
    Date lasts;  // the last day on which these files are in force; `until`, but for the last one
    std::vector<ActiveFile> files;  // uppermost layer first; an overlay after its own layer
};

// Cuts the time from the earliest `from` to the horizon where a version starts or ends and where an
// accepted gap runs out. Reports RU139 and RU141 to RU144.
std::vector<Interval> intervals(const Stack& stack, Diagnostics& diagnostics);

}  // namespace pintu::rules
