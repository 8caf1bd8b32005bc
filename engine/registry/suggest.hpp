// What to offer for a name that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pintu::registry {

// The nearest of the names; where none is near, the first few of them: never empty unless `names`
// is.
std::string suggest(std::string_view word, const std::vector<std::string>& names);

}  // namespace pintu::registry
