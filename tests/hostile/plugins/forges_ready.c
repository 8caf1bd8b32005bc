#include <unistd.h>

#include "tests/hostile/hostile.h"

/* Speaks although nobody asked: an answer to a call that has not come. */
int32_t on_start(pintu_sink* why) {
    (void)why;
    forge(0, 2, 17, 0, 1, "{}");
    return PINTU_OK;
}
