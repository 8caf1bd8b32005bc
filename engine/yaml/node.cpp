#include "engine/yaml/node.hpp"

namespace pintu::yaml {

const Entry* Node::find_entry(std::string_view key) const {
    for (const Entry& entry : entries)
        if (entry.key == key) return &entry;
    return nullptr;
}

const Node* Node::find(std::string_view key) const {
    const Entry* entry = find_entry(key);
    return entry == nullptr ? nullptr : &entry->value;
}

}  // namespace pintu::yaml
