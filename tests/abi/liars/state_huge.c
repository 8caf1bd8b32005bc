/* Puts a value as long as memory into the state. */
#define LIE_ANSWER                                                  \
    do {                                                            \
        const pintu_state_1* table = service(PINTU_STATE_1);        \
        if (table)                                                  \
            (void)table->put(the_host->owner, (pintu_text){"k", 1}, \
                             (pintu_text){"v", UINT64_MAX});        \
        return say(sink, "{\"value\":\"ya\"}");                     \
    } while (0)
#include "liar.h"
