#include "engine/text/automaton.hpp"

#include <algorithm>

namespace pintu::text {
namespace {

constexpr std::uint32_t kMissing = 0xffffffff;

}  // namespace

Automaton::Automaton(const std::vector<std::string>& literals) {
    add_classes(literals);
    std::vector<std::vector<std::uint32_t>> ends;
    add_paths(literals, ends);
    add_links(ends);
    first_.push_back(0);
    for (const auto& of_state : ends) {
        literals_.insert(literals_.end(), of_state.begin(), of_state.end());
        first_.push_back(static_cast<std::uint32_t>(literals_.size()));
    }
}

void Automaton::add_classes(const std::vector<std::string>& literals) {
    for (const auto& literal : literals)
        for (const char c : literal) {
            auto& mine = class_of_[static_cast<unsigned char>(c)];
            // 255 bytes and class 0 fit a byte: UTF-8 has no 0xFF.
            if (mine == 0) mine = static_cast<std::uint8_t>(classes_++);
        }
    for (std::size_t c = 'A'; c <= 'Z'; ++c) class_of_[c] = class_of_[c - 'A' + 'a'];
}

void Automaton::add_paths(const std::vector<std::string>& literals,
                          std::vector<std::vector<std::uint32_t>>& ends) {
    const auto add_state = [&] {
        next_.resize(next_.size() + classes_, kMissing);
        ends.emplace_back();
        return static_cast<std::uint32_t>(ends.size() - 1);
    };
    add_state();
    for (std::uint32_t i = 0; i < literals.size(); ++i) {
        std::uint32_t state = 0;
        for (const char c : literals[i]) {
            const auto slot = state * classes_ + class_of_[static_cast<unsigned char>(c)];
            if (next_[slot] == kMissing) {
                const auto fresh = add_state();
                next_[slot] = fresh;
            }
            state = next_[slot];
        }
        ends[state].push_back(i);
    }
}

// Breadth first: a state's suffix is shorter, so it is complete when it is needed.
void Automaton::add_links(const std::vector<std::vector<std::uint32_t>>& ends) {
    link_.assign(ends.size(), 0);
    speaks_.assign(ends.size(), 0);
    std::vector<std::uint32_t> queue = {0};
    for (std::size_t head = 0; head < queue.size(); ++head) {
        const auto state = queue[head];
        if (state != 0) speaks_[state] = ends[state].empty() ? speaks_[link_[state]] : state;
        for (std::uint32_t c = 0; c < classes_; ++c) {
            auto& target = next_[state * classes_ + c];
            const auto by_suffix = state == 0 ? 0 : next_[link_[state] * classes_ + c];
            if (target == kMissing) {
                target = by_suffix;
            } else {
                link_[target] = by_suffix;
                queue.push_back(target);
            }
        }
    }
}

}  // namespace pintu::text
