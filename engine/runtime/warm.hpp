// The cases of a large batch lie in slow memory. What is decided next is asked for while the one
// before it is decided, so that it is there by then; a hint that changes nothing.
#pragma once

#include "engine/runtime/cache.hpp"

namespace pintu::runtime {

// `next`: the case that is likely decided next. First the processor is told where a case lies,
// then, a case later, what it points to: to tell that it must be read itself.
void warm(const std::list<Held>& hand, std::list<Held>::const_iterator next);

}  // namespace pintu::runtime
