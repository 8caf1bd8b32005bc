/* Logs at a level that there is not. */
#define LIE_ANSWER                                                            \
    do {                                                                      \
        const pintu_log_1* table = service(PINTU_LOG_1);                      \
        if (table) table->write(the_host->owner, 1000, (pintu_text){"x", 1}); \
        return say(sink, "{\"value\":\"ya\"}");                               \
    } while (0)
#include "liar.h"
