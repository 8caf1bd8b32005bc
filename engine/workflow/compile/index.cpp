#include "engine/workflow/compile/index.hpp"

namespace pintu::workflow {
namespace {

template <class Map>
std::size_t find_in(const Map& map, std::string_view name) {
    const auto found = map.find(name);
    return found == map.end() ? Index::kNone : found->second;
}

}  // namespace

Index::Index(const Workflow& workflow) {
    for (std::size_t c = 0; c < workflow.clocks.size(); ++c) {
        clocks_.emplace(workflow.clocks[c].name, c);
        if (const auto* decision = std::get_if<std::string>(&workflow.clocks[c].lasts))
            lasting_[*decision].push_back(c);
    }
    for (std::size_t s = 0; s < workflow.states.size(); ++s) {
        states_.emplace(workflow.states[s].name, s);
        for (const auto& clock : workflow.clocks)
            turns_.push_back(turn_of(clock, workflow.states[s]));
    }
}

std::size_t Index::state(std::string_view name) const {
    return find_in(states_, name);
}

std::size_t Index::clock(std::string_view name) const {
    return find_in(clocks_, name);
}

ClockTurn Index::turn(std::size_t clock, std::size_t state) const {
    return turns_.at(state * clock_count() + clock);
}

const std::vector<std::size_t>& Index::clocks_lasting(std::string_view decision) const {
    static const std::vector<std::size_t> kEmpty;
    const auto found = lasting_.find(decision);
    return found == lasting_.end() ? kEmpty : found->second;
}

}  // namespace pintu::workflow
