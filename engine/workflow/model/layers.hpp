// What a lower layer may not change in a workflow (L5). The trees are single layers before they
// are merged: `upper` may itself be merged from all layers above `lower`.
#pragma once

#include <string>
#include <vector>

#include "engine/base/diagnostic.hpp"
#include "engine/base/source.hpp"
#include "engine/yaml/node.hpp"

namespace pintu::workflow {

// A decision that an upper layer limits, and where.
struct LimitedDecision {
    std::string name;
    Span limit;
};

// `fixed: [clocks.verifikasi.lasts, states.selesai.on]` of upper: lower may write nothing at or
// below such a path, nor remove or replace what holds it. What it repeats must be equal. WF301
// names the place in upper. WF303: the path does not exist in upper.
void check_fixed(const yaml::Node& upper, const yaml::Node& lower, const SourceSet& sources,
                 Diagnostics& diagnostics);

// Every clock of upper that lasts `rules.D`, D limited, has start, stop, lasts, calendar and
// paused_in fixed. WF302 names the limit's place and the place in upper.
void check_limited_clocks(const yaml::Node& upper, const yaml::Node& lower,
                          const std::vector<LimitedDecision>& limited, const SourceSet& sources,
                          Diagnostics& diagnostics);

// The same value: kinds, texts, items in order, keys in any order; places and quotes do not count.
bool equal(const yaml::Node& left, const yaml::Node& right);

}  // namespace pintu::workflow
