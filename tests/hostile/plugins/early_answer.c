#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(5, 0, 19, 0, 3, "early");
    return say(answer, "fine");
}
