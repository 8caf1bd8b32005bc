#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    const pintu_text forged = {NULL, 1000};
    answer->write(answer->owner, forged);
    return PINTU_OK;
}
