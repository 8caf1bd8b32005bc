#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    for (int fd = 0; fd < 256; ++fd) close(fd);
    (void)answer;
    hang();
    return PINTU_OK;
}
