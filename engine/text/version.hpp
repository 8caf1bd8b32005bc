// What the answers of this room depend on besides its input.
#pragma once

#include <string>

namespace pintu::text {

// "icu 72.1 unicode 15.0; snowball 2.2.0 indonesian; spellings 1; words 1": part of a bundle's
// hash, because each of them can change an answer.
std::string version();

}  // namespace pintu::text
