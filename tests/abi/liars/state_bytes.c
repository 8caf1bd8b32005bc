/* Puts what is no UTF-8 into the state. */
#define LIE_ANSWER                                                                               \
    do {                                                                                         \
        const pintu_state_1* table = service(PINTU_STATE_1);                                     \
        if (table)                                                                               \
            (void)table->put(the_host->owner, (pintu_text){"\xff", 1}, (pintu_text){"\xfe", 1}); \
        return say(sink, "{\"value\":\"ya\"}");                                                  \
    } while (0)
#include "liar.h"
