#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(0xffffffffU, 1, 19, 0, 2, "");
    (void)answer;
    hang();
    return PINTU_OK;
}
