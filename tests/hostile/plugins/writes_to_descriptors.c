#include <string.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    char noise[4096];
    memset(noise, 0xff, sizeof noise);
    for (int fd = 0; fd < 256; ++fd) (void)!write(fd, noise, sizeof noise);
    (void)answer;
    hang();
    return PINTU_OK;
}
