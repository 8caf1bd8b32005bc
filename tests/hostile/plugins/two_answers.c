#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    forge(3, 0, 19, 0, 2, "one");
    return say(answer, "two");
}
