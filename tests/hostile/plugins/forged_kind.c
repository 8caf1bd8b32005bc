#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(0, 0, 99, 0, 2, "");
    (void)answer;
    hang();
    return PINTU_OK;
}
