// What a bundle's identity covers (L8).
#pragma once

#include <string>
#include <vector>

#include "engine/bundle/layer.hpp"

namespace pintu::bundle {

// Counts up whenever the same definitions would decide otherwise than before.
constexpr int kSemanticsVersion = 1;

// Of the stack's files of one part, in order of layer and path; with `more` for what comes from
// elsewhere (zones). Exact bytes; the pinned part also covers kSemanticsVersion and
// text::version().
BundleHash hash_of(const std::vector<const Layer*>& stack, Part part,
                   const std::vector<const DefinitionFile*>& more);

}  // namespace pintu::bundle
