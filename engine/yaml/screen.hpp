// What can be told of a text before it is parsed at all.
#pragma once

#include "engine/base/diagnostic.hpp"

namespace pintu::yaml {

// False, with one diagnostic, where the text is no candidate: YA001 empty, YA002 not UTF-8, YA003
// a byte order mark, YA004 control characters (a binary file), YA005 too large, YA006 a tab.
bool fit_to_parse(const Source& source, Diagnostics& diagnostics);

}  // namespace pintu::yaml
