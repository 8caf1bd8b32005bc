#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    Dl_info about;
    if (!dladdr((void*)&on_call, &about)) return say(answer, "wrong");
    FILE* file = fopen(about.dli_fname, "r+");
    return got_through(file != NULL || unlink(about.dli_fname) == 0, answer);
}
