#include <signal.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(kill(getppid(), SIGURG) == 0 || kill(1, SIGURG) == 0 ||
                           kill(-1, SIGURG) == 0 || kill(0, SIGURG) == 0,
                       answer);
}
