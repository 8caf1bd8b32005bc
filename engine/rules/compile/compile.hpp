// From a checked program to the form that decides quickly: each attribute split into finitely many
// cells (R19), the rules of each layer indexed by them. The same answers as the oracle, always.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "engine/rules/model.hpp"

namespace pintu::rules {

// Immutable; refers to nothing outside itself; shared between threads freely.
class Compiled;

// Total over checked programs; takes time and memory about linear in the rules. What does not fit
// the index (a negated text, a condition across many attributes) is kept as a tree and evaluated as
// written, for the rules that the index leaves over.
std::shared_ptr<const Compiled> compile(const Program& program);

// What `check` and the benchmark print of a compiled form.
struct CompiledSize {
    std::size_t bytes = 0;
    std::size_t cells = 0;     // entries of the dense tables
    std::size_t blocks = 0;    // different cell blocks
    std::size_t literals = 0;  // probed directly in the text
};
CompiledSize size_of(const Compiled& compiled);

}  // namespace pintu::rules
