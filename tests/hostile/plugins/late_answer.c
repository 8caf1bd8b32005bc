#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(4, 0, 19, 0, 1, "late");
    return say(answer, "fine");
}
