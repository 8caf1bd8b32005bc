/* Logs a line as long as memory. */
#define LIE_ANSWER                                                                           \
    do {                                                                                     \
        const pintu_log_1* table = service(PINTU_LOG_1);                                     \
        if (table) table->write(the_host->owner, PINTU_INFO, (pintu_text){"x", UINT64_MAX}); \
        return say(sink, "{\"value\":\"ya\"}");                                              \
    } while (0)
#include "liar.h"
