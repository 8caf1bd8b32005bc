#include <dirent.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(opendir("/") || opendir("/home") || opendir("/tmp") || opendir("/proc/self"),
                       answer);
}
