#include <stdlib.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    const pintu_state_1* state = service(PINTU_STATE_1);
    static char value[17U << 20U];
    const pintu_text key = {"key", 3};
    const pintu_text large = {value, sizeof value};
    const pintu_text forged = {NULL, 1000};
    return got_through(state->put(host->owner, key, large) == PINTU_OK ||
                           state->put(host->owner, key, forged) == PINTU_OK,
                       answer);
}
