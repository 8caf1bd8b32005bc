/* Asks for a secret without a name. */
#define LIE_ANSWER                                                                  \
    do {                                                                            \
        const pintu_secret_1* table = service(PINTU_SECRET_1);                      \
        if (table) (void)table->get(the_host->owner, (pintu_text){NULL, 12}, sink); \
        return say(sink, "{\"value\":\"ya\"}");                                     \
    } while (0)
#include "liar.h"
