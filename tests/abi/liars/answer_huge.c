/* Answers with a text as long as memory, and says that all went well. */
#define LIE_ANSWER                                \
    do {                                          \
        const pintu_text all = {"x", UINT64_MAX}; \
        (void)sink->write(sink->owner, all);      \
        return PINTU_OK;                          \
    } while (0)
#include "liar.h"
