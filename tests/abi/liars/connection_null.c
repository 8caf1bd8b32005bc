/* Asks for a connection and has nowhere to put it. */
#define LIE_ANSWER                                                                         \
    do {                                                                                   \
        const pintu_connection_1* table = service(PINTU_CONNECTION_1);                     \
        if (table) (void)table->open(the_host->owner, (pintu_text){NULL, 4}, 0, -1, NULL); \
        return say(sink, "{\"value\":\"ya\"}");                                            \
    } while (0)
#include "liar.h"
