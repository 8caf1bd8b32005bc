/* Asks for a service without a name, and for one that there is not. */
#define LIE_ANSWER                                                                          \
    do {                                                                                    \
        const pintu_text none = {NULL, 9}, other = {"pintu.hidden/7", 14};                  \
        const void* first = the_host->service(the_host->owner, none);                       \
        const void* second = the_host->service(the_host->owner, other);                     \
        return say(sink, first || second ? "{\"value\":\"tidak\"}" : "{\"value\":\"ya\"}"); \
    } while (0)
#include "liar.h"
