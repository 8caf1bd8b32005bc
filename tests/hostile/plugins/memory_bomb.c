#include <stdlib.h>
#include <string.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    for (int mb = 0; mb < 4096; mb += 16) {
        void* more = malloc(16U << 20U);
        if (more == NULL) return got_through(0, answer);
        memset(more, 1, 16U << 20U);
    }
    return got_through(1, answer);
}
