/* Refuses to start, for a reason that has a size and no bytes. */
#define LIE_START                           \
    do {                                    \
        const pintu_text none = {NULL, 40}; \
        (void)why->write(why->owner, none); \
        return PINTU_REFUSED;               \
    } while (0)
#include "liar.h"
