// The shapes of names.
#pragma once

#include <string_view>

namespace pintu::registry {

// [a-z_][a-z0-9_]*, at most 64 bytes: fields, units, roles, members of enumerations (R2).
bool is_name(std::string_view text);
// Names with '/' between: pekerjaan_umum/jalan_berlubang.
bool is_category_path(std::string_view text);
// 64, 64.09, 64.09.01, 64.09.01.1001.
bool is_region_code(std::string_view text);
// p-014: letters a-z, digits, '-', at most 32 bytes. No room for a person's name.
bool is_person_id(std::string_view text);

}  // namespace pintu::registry
