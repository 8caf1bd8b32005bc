#include <signal.h>

#include "tests/hostile/hostile.h"

static void again(int number) {
    signal(number, again);
}

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    for (int number = 1; number < 64; ++number) signal(number, again);
    (void)answer;
    crash();
    hang();
    return PINTU_OK;
}
