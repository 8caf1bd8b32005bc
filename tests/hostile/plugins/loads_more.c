#include <dlfcn.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(dlopen("libsqlite3.so.0", RTLD_NOW) != NULL, answer);
}
