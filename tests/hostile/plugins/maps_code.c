#include <sys/mman.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    void* code = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return got_through(mprotect(code, 4096, PROT_READ | PROT_EXEC) == 0, answer);
}
