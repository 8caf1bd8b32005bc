/* Answers with two documents. */
#define LIE_ANSWER                                 \
    do {                                           \
        (void)say(sink, "{\"value\":\"ya\"}");     \
        return say(sink, "{\"value\":\"tidak\"}"); \
    } while (0)
#include "liar.h"
