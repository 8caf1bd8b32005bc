// The word lists of kata-*.txt, which are compiled in: what a plugin answers is fixed by its file.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace teks {

extern const std::string_view kDangerList;  // made by CMake of the files of the same names
extern const std::string_view kNameList;
extern const std::string_view kPlaceList;
extern const std::string_view kCommonList;

// The lines of each "[section]" of a file; those before the first are of "".
std::map<std::string, std::vector<std::string>> sections_of(std::string_view file);

using Words = std::unordered_set<std::string>;
Words words_in(std::string_view file, const std::string& section);

}  // namespace teks
