#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    char* const arguments[] = {"sh", "-c", "echo done", NULL};
    execve("/bin/sh", arguments, NULL);
    return got_through(0, answer);
}
