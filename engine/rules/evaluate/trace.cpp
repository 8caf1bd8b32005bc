#include <algorithm>
#include <cassert>
#include <type_traits>

#include "engine/rules/evaluate/fast.hpp"
#include "engine/rules/evaluate/leftover.hpp"
#include "engine/rules/evaluate/text_probe.hpp"

namespace pintu::rules {

struct Scratch::Memory {
    GramFilter filter;
    std::vector<std::uint32_t> classes;
};

Scratch::Scratch() : memory_(std::make_unique<Memory>()) {
}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

namespace {

// What stood at a decision, for Trace; nothing where only the rule is asked for.
template <bool explained>
struct Finding {
    std::uint32_t rule = kNone;  // position
    std::uint16_t literal = 0;
    bool found_literal = false;
};
template <>
struct Finding<false> {
    std::uint32_t rule = kNone;
};

template <bool explained>
bool try_rule(const CompiledLayer& layer, const Leftover& left, TextProbe& text,
              Finding<explained>& finding) {
    for (std::uint32_t i = 0; i < left.count; ++i) {
        const auto id = left.literal(i);
        if (!text.has(layer.literals[id])) continue;
        if constexpr (explained) {
            finding.literal = id;
            finding.found_literal = true;
        }
        finding.rule = left.position;
        return true;
    }
    if (left.count == 0) finding.rule = left.position;
    return left.count == 0;
}

std::uint32_t packed(const Index& index, const std::uint32_t* classes) {
    std::uint32_t bytes = 0;
    for (std::size_t i = 0; i < index.axes.size() && i < 4; ++i)
        bytes |= (classes[index.axes[i]] & 0xff) << (8 * i);
    return bytes;
}

template <bool explained>
using Answered = std::conditional_t<explained, Trace, RuleId>;

template <bool explained>
Answered<explained> run(const Compiled& compiled, std::uint32_t decision, const Code* values,
                        std::string_view folded, Scratch::Memory& memory) {
    const CompiledDecision& rules = compiled.decisions[decision];
    Answered<explained> result{};
    if constexpr (!explained) result = kNone;
    for (std::uint32_t at = 0; at < rules.layers.size(); ++at) {
        const CompiledLayer& layer = rules.layers[at];
        if (memory.classes.size() < layer.axes.size()) memory.classes.resize(layer.axes.size());
        std::uint32_t* classes = memory.classes.data();
        classes_of(layer.axes, compiled.cells, values, classes);
        TextProbe text(folded, layer.bytes.data(), memory.filter);
        Finding<explained> finding;
        const bool fired = walk(layer.sure, classes, [&](const Leftover& left) {
            return try_rule<explained>(layer, left, text, finding);
        });
        if (!fired && layer.otherwise == kNone) continue;
        if constexpr (explained) {
            const Index& index = layer.sure;
            const auto row = index.row_axis == index.column_axis ? 0 : classes[index.row_axis];
            result.layer = at;
            result.cell = row * index.columns + classes[index.column_axis];
            result.classes = packed(index, classes);
            result.tested = static_cast<std::uint16_t>(std::min(text.tested(), 0xffffU));
            result.by_otherwise = !fired;
            result.rule = fired ? layer.rules[finding.rule].id : layer.otherwise;
            result.value = fired ? layer.rules[finding.rule].answer : layer.otherwise_answer;
            if (finding.found_literal) result.probe = layer.probes[finding.literal];
        } else {
            result = fired ? layer.rules[finding.rule].id : layer.otherwise;
        }
        return result;
    }
    return result;
}

}  // namespace

bool has_quick_door(const Compiled& compiled, std::uint32_t decision) {
    return compiled.decisions[decision].quick;
}

Trace trace(const Compiled& compiled, std::uint32_t decision, std::span<const Code> values,
            std::string_view folded, Scratch& scratch) {
    assert(has_quick_door(compiled, decision));
    return run<true>(compiled, decision, values.data(), folded, scratch.memory());
}

RuleId fired(const Compiled& compiled, std::uint32_t decision, std::span<const Code> values,
             std::string_view folded, Scratch& scratch) {
    assert(has_quick_door(compiled, decision));
    return run<false>(compiled, decision, values.data(), folded, scratch.memory());
}

}  // namespace pintu::rules
