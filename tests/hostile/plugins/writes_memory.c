#include <fcntl.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(open("/proc/self/mem", O_RDWR) >= 0 ||
                           open("/proc/1/environ", O_RDONLY) >= 0 ||
                           open("/proc/self/maps", O_RDONLY) >= 0,
                       answer);
}
