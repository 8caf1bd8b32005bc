#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

/* Before anybody has asked it for anything. */
static int through;
__attribute__((constructor)) static void attack(void) {
    const int child = fork();
    if (child == 0) _exit(0);
    through =
        child > 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0 || open("/etc/passwd", O_RDONLY) >= 0;
}

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    return got_through(through, answer);
}
