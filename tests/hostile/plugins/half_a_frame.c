#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(1000, 1000, 19, 0, 2, "only this");
    (void)answer;
    hang();
    return PINTU_OK;
}
