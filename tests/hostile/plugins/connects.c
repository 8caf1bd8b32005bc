#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "tests/hostile/hostile.h"

/* The question is the port, in digits. */
static int port_of(pintu_text question) {
    int port = 0;
    for (uint64_t i = 0; i < question.size; ++i) port = port * 10 + (question.data[i] - '0');
    return htons((uint16_t)port);
}

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    struct sockaddr_in to = {0};
    to.sin_family = AF_INET;
    to.sin_port = (uint16_t)port_of(question);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    return got_through(connect(fd, (struct sockaddr*)&to, sizeof to) == 0, answer);
}
