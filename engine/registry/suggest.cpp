#include "engine/registry/suggest.hpp"

#include <algorithm>

#include "engine/base/nearest.hpp"

namespace pintu::registry {

std::string suggest(std::string_view word, const std::vector<std::string>& names) {
    constexpr std::size_t kFew = 8;
    std::string text = nearest(word, names);
    if (!text.empty()) return text;
    for (std::size_t i = 0; i < std::min(names.size(), kFew); ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > kFew ? text + ", ..." : text;
}

}  // namespace pintu::registry
