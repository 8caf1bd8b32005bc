#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    const pintu_time_1* time = service(PINTU_TIME_1);
    for (;;) time->now_us(host->owner);
    (void)answer;
}
