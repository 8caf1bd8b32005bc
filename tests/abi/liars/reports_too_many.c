/* Brings ten thousand reports where a hundred were asked for. */
#define LIE_POLL                                                                    \
    do {                                                                            \
        (void)say(sink, "{\"reports\":[");                                          \
        for (int i = 0; i < 9999; ++i) (void)say(sink, "{\"external_id\":\"x\"},"); \
        return say(sink, "{\"external_id\":\"x\"}],\"more\":true}");                \
    } while (0)
#include "liar.h"
