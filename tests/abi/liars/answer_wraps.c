/* Answers with pieces whose lengths wrap around when they are added. */
#define LIE_ANSWER                                       \
    do {                                                 \
        const pintu_text few = {"xxxxxxxxxxxxxxxx", 16}; \
        const pintu_text rest = {"x", UINT64_MAX - 15};  \
        (void)sink->write(sink->owner, few);             \
        (void)sink->write(sink->owner, rest);            \
        return PINTU_OK;                                 \
    } while (0)
#include "liar.h"
