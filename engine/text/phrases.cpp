#include "engine/text/phrases.hpp"

namespace pintu::text {

void Phrases::add(const std::vector<std::string>& stems, std::uint32_t probe) {
    std::uint32_t node = 0;
    for (const auto& stem : stems) {
        const auto [found, fresh] =
            stems_.try_emplace(stem, static_cast<std::uint32_t>(starts_.size()));
        if (fresh) starts_.push_back(0);
        node = child_or_new(node, found->second);
    }
    auto& probes = nodes_[node].probes;
    if (std::find(probes.begin(), probes.end(), probe) == probes.end()) probes.push_back(probe);
}

std::uint32_t Phrases::child_or_new(std::uint32_t node, std::uint32_t stem) {
    const auto fresh = static_cast<std::uint32_t>(nodes_.size());
    if (node == 0) {
        if (starts_[stem] != 0) return starts_[stem];
        starts_[stem] = fresh;
    } else {
        if (const auto known = child(node, stem)) return known;
        auto& children = nodes_[node].children;
        const std::pair<std::uint32_t, std::uint32_t> entry{stem, fresh};
        children.insert(std::upper_bound(children.begin(), children.end(), entry), entry);
    }
    nodes_.emplace_back();
    return fresh;
}

std::uint32_t Phrases::child(std::uint32_t node, std::uint32_t stem) const {
    const auto& children = nodes_[node].children;
    const auto found = std::lower_bound(children.begin(), children.end(),
                                        std::pair<std::uint32_t, std::uint32_t>(stem, 0));
    return found != children.end() && found->first == stem ? found->second : 0;
}

std::uint32_t Phrases::stem_id(std::string_view stem) const {
    const auto found = stems_.find(stem);
    return found == stems_.end() ? kNoStem : found->second;
}

void Phrases::start(Walk& walk) const {
    for (auto& nodes : walk.reached) nodes.clear();
    walk.last.resize(nodes_.size(), 0);
}

}  // namespace pintu::text
