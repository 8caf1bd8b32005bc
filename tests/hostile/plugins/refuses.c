#include "tests/hostile/hostile.h"

int32_t on_start(pintu_sink* why) {
    say(why, "tidak mau");
    return PINTU_REFUSED;
}
