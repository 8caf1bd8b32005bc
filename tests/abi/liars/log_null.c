/* Logs a line that has a size and no bytes. */
#define LIE_ANSWER                                                                    \
    do {                                                                              \
        const pintu_log_1* table = service(PINTU_LOG_1);                              \
        if (table) table->write(the_host->owner, PINTU_INFO, (pintu_text){NULL, 40}); \
        return say(sink, "{\"value\":\"ya\"}");                                       \
    } while (0)
#include "liar.h"
