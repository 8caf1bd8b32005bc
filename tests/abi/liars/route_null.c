/* Opens a route that has a size and no bytes. */
#define LIE_ANSWER                                                            \
    do {                                                                      \
        const pintu_http_route_1* table = service(PINTU_HTTP_ROUTE_1);        \
        if (table) (void)table->open(the_host->owner, (pintu_text){NULL, 4}); \
        return say(sink, "{\"value\":\"ya\"}");                               \
    } while (0)
#include "liar.h"
