// "Did you mean ...?": the closest of some names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pintu {

// The name with the smallest edit distance (insert, delete, replace, swap of neighbours), if it is
// at most a third of the word's length and at least one; else "". Ties: the first. At most 10,000
// names are looked at and words over 64 bytes have no nearest.
std::string nearest(std::string_view word, const std::vector<std::string>& names);

}  // namespace pintu
