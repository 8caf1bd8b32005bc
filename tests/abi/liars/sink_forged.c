/* Writes to a sink with an owner of its own. */
#define LIE_ANSWER                                          \
    do {                                                    \
        const pintu_text text = TEXT("{\"value\":\"ya\"}"); \
        (void)sink->write(NULL, text);                      \
        return PINTU_OK;                                    \
    } while (0)
#include "liar.h"
