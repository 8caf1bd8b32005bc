#include "tests/hostile/hostile.h"

__attribute__((noinline)) static unsigned deeper(unsigned depth) {
    volatile char page[4096];
    page[depth % sizeof page] = (char)depth;
    return deeper(depth + 1) + (unsigned)page[1];
}

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return (int32_t)(deeper(1) + (answer == NULL));
}
