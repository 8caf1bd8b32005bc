#include <sys/socket.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

/* No attack: what a plugin for mail does. */
int32_t on_call(pintu_text question, pintu_sink* answer) {
    const pintu_connection_1* table = service(PINTU_CONNECTION_1);
    const pintu_text to = {"surat.go.id", 11};
    int32_t fd = -1;
    (void)question;
    if (table->open(host->owner, to, 993, 1000, &fd) != PINTU_OK) return say(answer, "refused");
    const int sent = send(fd, "salam", 5, MSG_NOSIGNAL) == 5;
    close(fd);
    return say(answer, sent ? "fine" : "wrong");
}
