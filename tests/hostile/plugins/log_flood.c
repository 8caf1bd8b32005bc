#include <stdio.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    const pintu_log_1* log = service(PINTU_LOG_1);
    const pintu_text line = {"flood", 5};
    for (int i = 0; i < 5000; ++i) {
        log->write(host->owner, PINTU_ERROR, line);
        fprintf(stderr, "flood %d\n", i);
    }
    return say(answer, "fine");
}
