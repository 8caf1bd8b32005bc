// What `count prior` and `similar` find a case by.
#pragma once

#include "engine/bundle/bundle.hpp"
#include "engine/cases/decide/context.hpp"
#include "engine/cases/state/state.hpp"
#include "engine/ports/store.hpp"

namespace pintu::runtime {

// The values of the attributes that definitions compare earlier cases by. Sorted by name.
cases::Values lookups_of(const cases::State& state, const bundle::Bundle& bundle);

ports::PriorQuery query_of(const cases::Question& question);
// Is a case one of those that the question asks for? The same answer as the store's.
bool answers(const cases::State& state, const cases::Values& lookups,
             const cases::Question& question);

}  // namespace pintu::runtime
