/* Asks for a request that is no document. */
#define LIE_ANSWER                                                                        \
    do {                                                                                  \
        const pintu_http_request_1* table = service(PINTU_HTTP_REQUEST_1);                \
        if (table) (void)table->request(the_host->owner, (pintu_text){"GET /", 5}, NULL); \
        return say(sink, "{\"value\":\"ya\"}");                                           \
    } while (0)
#include "liar.h"
