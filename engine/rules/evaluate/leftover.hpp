// Walks the rules that an index leaves over for a report, in order.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

#include "engine/rules/compile/compiled.hpp"

namespace pintu::rules {

// One rule left over: it is T (or U) if its literals and checks agree.
struct Leftover {
    std::uint32_t position = 0;  // in DecisionLayer::rules
    std::uint32_t count = 0;     // of literals; 0: it asks for none
    const std::uint64_t* literals = nullptr;
    bool has_checks = false;

    // Index in CompiledLayer::literals.
    std::uint16_t literal(std::uint32_t i) const {
        std::uint16_t id;
        std::memcpy(&id, reinterpret_cast<const unsigned char*>(literals) + (first + i) * sizeof id,
                    sizeof id);
        return id;
    }
    std::uint32_t first = 0;
};

// The class of each axis for these values.
inline void classes_of(const CompiledLayer& layer, const std::vector<AttributeCells>& cells,
                       const Code* values, std::uint32_t* classes) {
    if (layer.lookups.empty()) classes[0] = 0;
    std::uint32_t sum = 0;
    for (const Lookup& lookup : layer.lookups) {
        const Code value = values[lookup.attribute];
        const std::uint32_t* parts = layer.parts.data() + lookup.first;
        const auto offset =
            static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(lookup.base);
        if (offset < lookup.size)
            sum += parts[offset + 1];
        else if (lookup.size == 0)
            sum += parts[cells[lookup.attribute].of(value)];
        else
            sum += parts[value == kUnknown ? 0 : value < lookup.base ? 1 : lookup.size];
        if (!lookup.last) continue;
        classes[lookup.axis] = lookup.joined ? layer.axes[lookup.axis].class_of[sum] : sum;
        sum = 0;
    }
}

// The cell of the index's table.
inline std::uint32_t cell_of(const Index& index, const std::uint32_t* classes) {
    const std::uint32_t row = index.row_axis == index.column_axis ? 0 : classes[index.row_axis];
    return row * index.columns + classes[index.column_axis];
}

// Calls stop(Leftover) for each rule of a block until it says true; whether it did.
template <class Stop>
inline bool walk(const Index& index, std::uint32_t line, const std::uint32_t* classes,
                 Stop&& stop) {
    const std::uint64_t* chunk = index.words.line(line);
    for (;;) {
        const std::uint64_t head = *chunk;
        const std::uint64_t* bitmaps = chunk + 1;
        std::uint64_t left = ~std::uint64_t{0} >> (64 - (head & 0xff));
        for (std::size_t i = 0; i < index.axes.size(); ++i)
            left &= bitmaps[index.bases[i] + classes[index.axes[i]]];
        const std::uint64_t* entries = bitmaps + index.bitmap_words;
        for (; left != 0; left &= left - 1) {
            const std::uint64_t entry = entries[std::countr_zero(left)];
            Leftover rule;
            rule.position = static_cast<std::uint32_t>(entry);
            rule.first = static_cast<std::uint32_t>(entry >> 32 & 0xffff);
            rule.count = static_cast<std::uint32_t>(entry >> 48 & Index::kMostLiterals);
            rule.has_checks = (entry & Index::kHasChecks) != 0;
            rule.literals = entries + (head & 0xff);
            if (stop(rule)) return true;
        }
        if ((head >> 8 & 1) == 0) return false;
        chunk += head >> 32;
    }
}

template <class Stop>
inline bool walk(const Index& index, const std::uint32_t* classes, Stop&& stop) {
    const std::uint32_t line = index.table[cell_of(index, classes)];
    return line != 0 && walk(index, line, classes, stop);
}

}  // namespace pintu::rules
