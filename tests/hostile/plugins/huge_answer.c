#include <stdlib.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    static char piece[1U << 20U];
    const pintu_text mb = {piece, sizeof piece};
    for (int i = 0; i < 64; ++i) answer->write(answer->owner, mb);
    return PINTU_OK;
}
