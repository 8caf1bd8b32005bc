#include <algorithm>
#include <cassert>

#include "engine/rules/evaluate/fast.hpp"
#include "engine/rules/evaluate/leftover.hpp"
#include "engine/rules/evaluate/text_probe.hpp"

namespace pintu::rules {

struct Scratch::Memory {
    GramFilter filter;
    std::vector<std::uint32_t> classes;
};

Scratch::Scratch() : memory_(std::make_unique<Memory>()) {}
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

// The text is asked for soon, its first lines before the rules are.
void prefetch(std::string_view text) {
    constexpr std::size_t kLine = 64;
    constexpr std::size_t kAhead = 4 * kLine;
    for (std::size_t at = 0; at < text.size() && at < kAhead; at += kLine)
        __builtin_prefetch(text.data() + at);
}

void write(Trace& trace, const CompiledLayer& layer, std::uint32_t at, const std::uint32_t* classes,
           const Finding<true>& finding, bool fired) {
    trace.layer = at;
    trace.classes = packed(layer.sure, classes);
    trace.by_otherwise = !fired;
    trace.rule = fired ? layer.rules[finding.rule].id : layer.otherwise;
    trace.value = fired ? layer.rules[finding.rule].answer : layer.otherwise_answer;
    trace.probe = finding.found_literal ? layer.probes[finding.literal] : kNone;
}

template <bool explained>
RuleId run(const Compiled& compiled, std::uint32_t decision, const Code* values,
           std::string_view folded, Scratch::Memory& memory, Trace* trace) {
    const CompiledDecision& rules = compiled.decisions[decision];
    for (std::uint32_t at = 0; at < rules.layers.size(); ++at) {
        const CompiledLayer& layer = rules.layers[at];
        if (memory.classes.size() < layer.axes.size()) memory.classes.resize(layer.axes.size());
        std::uint32_t* classes = memory.classes.data();
        classes_of(layer, compiled.cells, values, classes);
        const std::uint32_t cell = cell_of(layer.sure, classes);
        const std::uint32_t line = layer.sure.table[cell];
        TextProbe text(folded, layer.bytes.data(), memory.filter);
        Finding<explained> finding;
        bool fired = false;
        if (line != 0) {
            prefetch(folded);
            fired = walk(layer.sure, line, classes, [&](const Leftover& left) {
                return try_rule<explained>(layer, left, text, finding);
            });
        }
        if (!fired && layer.otherwise == kNone) continue;
        if constexpr (explained) {
            write(*trace, layer, at, classes, finding, fired);
            trace->cell = cell;
            trace->tested = static_cast<std::uint16_t>(std::min(text.tested(), 0xffffU));
        }
        return fired ? layer.rules[finding.rule].id : layer.otherwise;
    }
    if constexpr (explained) *trace = Trace{};
    return kNone;
}

}  // namespace

bool has_quick_door(const Compiled& compiled, std::uint32_t decision) {
    return compiled.decisions[decision].quick;
}

RuleId trace(const Compiled& compiled, std::uint32_t decision, std::span<const Code> values,
             std::string_view folded, Scratch& scratch, Trace& trace) {
    assert(has_quick_door(compiled, decision));
    return run<true>(compiled, decision, values.data(), folded, scratch.memory(), &trace);
}

RuleId fired(const Compiled& compiled, std::uint32_t decision, std::span<const Code> values,
             std::string_view folded, Scratch& scratch) {
    assert(has_quick_door(compiled, decision));
    return run<false>(compiled, decision, values.data(), folded, scratch.memory(), nullptr);
}

}  // namespace pintu::rules
