/* Asks the state for a key that has a size and no bytes, and gives no sink. */
#define LIE_ANSWER                                                                 \
    do {                                                                           \
        const pintu_state_1* table = service(PINTU_STATE_1);                       \
        if (table) (void)table->get(the_host->owner, (pintu_text){NULL, 9}, NULL); \
        return say(sink, "{\"value\":\"ya\"}");                                    \
    } while (0)
#include "liar.h"
