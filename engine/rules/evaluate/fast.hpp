// The compiled evaluator's quick door, for one decision and one text: no allocation, literals
// looked for only when a rule that is left over asks for them. Everybody else calls decide() of
// ruleset.hpp.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "engine/rules/compile/compile.hpp"
#include "engine/rules/model.hpp"
#include "engine/rules/outcome.hpp"

namespace pintu::rules {

// Why, in 32 bytes: with the recorded values it names every atom on the path (R20).
struct Trace {
    Code value = kUnknown;        // the layer's answer, before limits
    RuleId rule = kNone;          // that fired; kNone: no layer decided
    std::uint32_t layer = kNone;  // index in Decision::layers
    ProbeId probe = kNone;        // the text literal that the rule's any-of list found first
    std::uint32_t cell = 0;       // cell of the layer's dense table
    std::uint32_t classes = 0;    // attribute classes of the first four other axes, a byte each
    std::uint16_t tested = 0;     // literals looked for in the text
    bool by_otherwise = false;
};
static_assert(sizeof(Trace) == 32);

// Memory that a caller of many decisions keeps between them; belongs to one thread.
class Scratch {
  public:
    Scratch();
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;
    struct Memory;
    Memory& memory() { return *memory_; }

  private:
    std::unique_ptr<Memory> memory_;
};

// Whether trace() can decide it: policy `first`, texts read by `contains` alone and of one field,
// no known unknowns to weigh (every attribute read is required or a fact).
bool has_quick_door(const Compiled& compiled, std::uint32_t decision);

// Decides one decision that has no limits and accepted gaps; the rule that fired, and why in
// `trace`. `values` as Input::values; `folded` is the text field after text::fold(), at most a few
// KB (longer ones are slower than text::Matcher, never wrong). Precondition: has_quick_door(), and
// what is required is known.
RuleId trace(const Compiled& compiled, std::uint32_t decision, std::span<const Code> values,
             std::string_view folded, Scratch& scratch, Trace& trace);
// The same without the why: what that costs is the difference.
RuleId fired(const Compiled& compiled, std::uint32_t decision, std::span<const Code> values,
             std::string_view folded, Scratch& scratch);

// As decide() of ruleset.hpp, on the two parts of a Ruleset that it needs.
Outcome decide(const Program& program, const Compiled& compiled, std::uint32_t decision,
               const Input& input);

// As decide(), but for Outcome::unknown_could_matter, which stays false.
Outcome verdict(const Program& program, const Compiled& compiled, std::uint32_t decision,
                const Input& input);

// The rules of one layer that are T, in order; under `first` only the first of them. Precondition:
// what is required is known, and no owner is excluded.
std::vector<RuleId> fired_in_layer(const Program& program, const Compiled& compiled,
                                   std::uint32_t decision, std::uint32_t layer, const Input& input);

}  // namespace pintu::rules
