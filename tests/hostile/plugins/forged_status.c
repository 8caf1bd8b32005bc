#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(0, 0, 19, 77, 2, "");
    (void)answer;
    hang();
    return PINTU_OK;
}
