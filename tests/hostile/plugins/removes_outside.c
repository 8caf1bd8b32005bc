#include <string.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

static const char* path_of(pintu_text question) {
    static char path[4096];
    const uint64_t size = question.size < sizeof path ? question.size : sizeof path - 1;
    memcpy(path, question.data, size);
    path[size] = 0;
    return path;
}

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(unlink(path_of(question)) == 0, answer);
}
