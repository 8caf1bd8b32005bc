#include "engine/registry/tree.hpp"

namespace pintu::registry {
namespace {

constexpr std::int32_t kNowhere = -1;

}  // namespace

Tree Tree::build(const std::vector<Entry>& entries, char separator) {
    std::vector<const Entry*> unique;
    std::unordered_map<std::string_view, std::size_t> place;  // look-up only
    for (const Entry& entry : entries)
        if (place.emplace(entry.name, unique.size()).second) unique.push_back(&entry);

    std::vector<std::vector<std::size_t>> children(unique.size());
    std::vector<std::size_t> roots;
    for (std::size_t i = 0; i < unique.size(); ++i) {
        const std::string_view name = unique[i]->name;
        const auto cut = name.rfind(separator);
        const auto parent =
            cut == std::string_view::npos ? place.end() : place.find(name.substr(0, cut));
        (parent == place.end() ? roots : children[parent->second]).push_back(i);
    }

    Tree tree;
    struct Step {
        std::size_t entry;
        std::int32_t parent;
    };
    std::vector<Step> open;
    for (auto it = roots.rbegin(); it != roots.rend(); ++it) open.push_back({*it, kNowhere});
    while (!open.empty()) {
        const Step step = open.back();
        open.pop_back();
        const auto node = static_cast<std::int32_t>(tree.names_.size());
        tree.names_.push_back(unique[step.entry]->name);
        tree.titles_.push_back(unique[step.entry]->title);
        tree.parent_.push_back(step.parent);
        tree.last_.push_back(node);
        tree.index_.emplace(unique[step.entry]->name, node);
        const auto& below = children[step.entry];
        for (auto it = below.rbegin(); it != below.rend(); ++it) open.push_back({*it, node});
    }
    for (std::size_t i = tree.names_.size(); i-- > 0;) {
        const auto parent = tree.parent_[i];
        if (parent == kNowhere) continue;
        auto& last = tree.last_[static_cast<std::size_t>(parent)];
        if (tree.last_[i] > last) last = tree.last_[i];
    }
    return tree;
}

std::int32_t Tree::find(std::string_view name) const {
    const auto it = index_.find(std::string(name));
    return it == index_.end() ? kNowhere : it->second;
}

std::int32_t Tree::depth(std::int64_t node) const {
    std::int32_t depth = 0;
    for (auto at = parent(node); at != kNowhere; at = parent(at)) ++depth;
    return depth;
}

}  // namespace pintu::registry
