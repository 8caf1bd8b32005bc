/* Answers with a text that has a size and no bytes. */
#define LIE_ANSWER                             \
    do {                                       \
        const pintu_text none = {NULL, 100};   \
        return sink->write(sink->owner, none); \
    } while (0)
#include "liar.h"
