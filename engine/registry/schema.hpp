// The fields of a report that rules may read (language.md section 1, R1).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/source.hpp"

namespace pintu::registry {

struct Field {
    enum class Type { text, category, region, yesno, enumeration, range };
    std::string name;
    Type type = Type::text;
    std::vector<std::string> members;  // of enumeration
    bool ordered = false;
    std::int64_t low = 0;  // of range
    std::int64_t high = 0;
    std::string from;  // path in the report: "isi", "place.region", "fields.kelas"
    bool required = false;
    std::optional<std::string> fallback;  // `default`
    Span span;
};

struct Schema {
    std::string name;  // "laporan"
    std::vector<Field> fields;
    Span span;
    const Field* find(const std::string& field) const;
};

}  // namespace pintu::registry
