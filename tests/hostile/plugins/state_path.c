#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    const pintu_state_1* state = service(PINTU_STATE_1);
    const pintu_text key = {"../../../etc/passwd", 19};
    const pintu_text value = {"x", 1};
    return state->put(host->owner, key, value) == PINTU_OK ? say(answer, "fine") : PINTU_FAILED;
}
