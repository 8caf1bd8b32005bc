// Facts that rules ask of plugins, held against what those say that they answer.
#pragma once

#include "engine/base/diagnostic.hpp"
#include "engine/bundle/bundle.hpp"

namespace pintu::bundle {

// BU025 (a warning): the plugin is not installed here, so that the fact takes its `else`. Errors:
// BU026 it answers no such fact, BU027 other arguments, BU028 values that the fact's type does not
// have, BU029 it is given a text that it may not be given. Each at the rule's place.
void check_offers(const rules::Program& program, const registry::Schema& schema,
                  const PluginOffers& plugins, Diagnostics& diagnostics);

// The personal value that a text field is, by what a report has at `from`: "place_note" of
// "place.note"; a field of the report's own is part of the whole line, "as_sent".
std::string personal_path(std::string from);

}  // namespace pintu::bundle
