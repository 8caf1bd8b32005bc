#include <pthread.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

static void* wait(void* nothing) {
    pause();
    return nothing;
}

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    int made = 0;
    for (int i = 0; i < 1000; ++i) {
        pthread_t thread;
        made += pthread_create(&thread, NULL, wait, NULL) == 0;
    }
    return got_through(made > 0, answer);
}
