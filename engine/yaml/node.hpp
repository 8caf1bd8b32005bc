// A YAML document as a tree in which every part knows its place. Scalars keep the text as written
// (`64.10` stays `64.10`, `no` stays `no`): whoever reads the tree gives them a type.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/source.hpp"

namespace pintu::yaml {

struct Entry;

enum class Kind { scalar, sequence, map, null };

struct Node {
    Kind kind = Kind::null;   // null: nothing after the colon, `~` or `null`
    std::string text;         // of a scalar; quotes and escapes resolved
    bool quoted = false;      // of a scalar: written in quotes or as a block
    Span span;                // of a scalar its text; of a null value its key; of a sequence or map
                              // from its first to its last character
    std::vector<Node> items;  // of a sequence
    std::vector<Entry> entries;  // of a map, in written order, keys unique

    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_sequence() const { return kind == Kind::sequence; }
    bool is_map() const { return kind == Kind::map; }
    bool is_null() const { return kind == Kind::null; }
    // Of a map; nullptr where there is none.
    const Node* find(std::string_view key) const;
    const Entry* find_entry(std::string_view key) const;
};

struct Entry {
    std::string key;
    Span key_span;
    Node value;
};

}  // namespace pintu::yaml
