// The facts of the peers' workload, and their names as numbers.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/registry/tree.hpp"
#include "engine/rules/model.hpp"

namespace pintu::bench {

struct Fact {
    std::string region;
    std::string category;
    std::string text;
    bool photo = false;
    std::int64_t severity = 0;
    std::int64_t population = 0;
};

// JSON lines; ends the program where they cannot be read.
std::vector<Fact> read_facts(const std::string& path);
std::string read_all(const std::string& path);
std::vector<std::string> lines_of(const std::string& path);

// A tree's names -> nodes by one probe of a table, for names of at most 16 bytes or told apart by
// their first and last eight.
class NameTable {
  public:
    explicit NameTable(const registry::Tree& tree);
    rules::Code find(std::string_view name) const {
        const Key key = key_of(name);
        for (std::size_t at = slot(key);; at = (at + 1) & mask_) {
            const Slot& found = slots_[at];
            if (found.key.head == key.head && found.key.tail == key.tail) return found.node;
            if (found.node == rules::kUnknown) return rules::kUnknown;
        }
    }

  private:
    struct Key {
        std::uint64_t head = 0;
        std::uint64_t tail = 0;  // and the length
    };
    struct Slot {
        Key key;
        rules::Code node = rules::kUnknown;
    };
    static Key key_of(std::string_view name);
    std::size_t slot(const Key& key) const {
        return ((key.head ^ (key.tail << 7 | key.tail >> 57)) * 0x9E3779B97F4A7C15U) >> shift_;
    }
    std::vector<Slot> slots_;
    std::size_t mask_ = 0;
    unsigned shift_ = 0;
};

}  // namespace pintu::bench
