#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(fcntl(3, F_SETOWN, getppid()) == 0 || fcntl(3, F_SETSIG, SIGKILL) == 0,
                       answer);
}
