/* Answers with a document of a hundred thousand brackets. */
#define LIE_ANSWER                                             \
    do {                                                       \
        for (int i = 0; i < 100000; ++i) (void)say(sink, "["); \
        return PINTU_OK;                                       \
    } while (0)
#include "liar.h"
