#include <sys/ptrace.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(ptrace(PTRACE_ATTACH, getppid(), 0, 0) == 0, answer);
}
