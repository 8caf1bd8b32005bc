/* What a shipped plugin was compiled against, byte by byte: of the contract as it is now, by a C
 * compiler. 64 bits; nothing here may ever change, only be added to. */
#include <stddef.h>

#include "plugins/abi/pintu_plugin.h"

#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type)
#define AT(type, member, bytes) _Static_assert(offsetof(type, member) == (bytes), #type "." #member)
#define TABLE(type, bytes) \
    SIZE(type, bytes);     \
    AT(type, size, 0);     \
    AT(type, reserved, 4)

_Static_assert(sizeof(void*) == 8 && sizeof(void (*)(void)) == 8, "64 bits");
_Static_assert(PINTU_ABI == 1, "the frozen plugins say so");
_Static_assert(PINTU_MOST_DOCUMENT == 16777216, "16 MiB");

_Static_assert(PINTU_OK == 0 && PINTU_REFUSED == 1 && PINTU_LATER == 2, "statuses");
_Static_assert(PINTU_UNKNOWN == 3 && PINTU_FAILED == 4 && PINTU_TOO_LARGE == 5, "statuses");
_Static_assert(PINTU_DEBUG == 0 && PINTU_INFO == 1, "levels");
_Static_assert(PINTU_WARNING == 2 && PINTU_ERROR == 3, "levels");

SIZE(pintu_text, 16);
AT(pintu_text, data, 0);
AT(pintu_text, size, 8);

TABLE(pintu_sink, 24);
AT(pintu_sink, owner, 8);
AT(pintu_sink, write, 16);

SIZE(pintu_host, 24);
AT(pintu_host, size, 0);
AT(pintu_host, abi, 4);
AT(pintu_host, owner, 8);
AT(pintu_host, service, 16);

SIZE(pintu_plugin, 64);
AT(pintu_plugin, size, 0);
AT(pintu_plugin, abi, 4);
AT(pintu_plugin, name, 8);
AT(pintu_plugin, version, 24);
AT(pintu_plugin, start, 40);
AT(pintu_plugin, stop, 48);
AT(pintu_plugin, extension, 56);

TABLE(pintu_channel_1, 24);
AT(pintu_channel_1, poll, 8);
AT(pintu_channel_1, taken, 16);
TABLE(pintu_connector_1, 16);
AT(pintu_connector_1, send, 8);
TABLE(pintu_fact_1, 16);
AT(pintu_fact_1, answer, 8);
TABLE(pintu_http_handler_1, 16);
AT(pintu_http_handler_1, handle, 8);
TABLE(pintu_evidence_1, 16);
AT(pintu_evidence_1, inspect, 8);

TABLE(pintu_log_1, 16);
AT(pintu_log_1, write, 8);
TABLE(pintu_config_1, 16);
AT(pintu_config_1, get, 8);
TABLE(pintu_state_1, 40);
AT(pintu_state_1, get, 8);
AT(pintu_state_1, put, 16);
AT(pintu_state_1, erase, 24);
AT(pintu_state_1, list, 32);
TABLE(pintu_secret_1, 16);
AT(pintu_secret_1, get, 8);
TABLE(pintu_time_1, 16);
AT(pintu_time_1, now_us, 8);
TABLE(pintu_http_route_1, 16);
AT(pintu_http_route_1, open, 8);
TABLE(pintu_http_request_1, 16);
AT(pintu_http_request_1, request, 8);
TABLE(pintu_connection_1, 16);
AT(pintu_connection_1, open, 8);

/* The ids and the name, which are looked up as text. */
const char* const kLayoutIds[] = {PINTU_ENTRY_NAME,     PINTU_CHANNEL_1,      PINTU_CONNECTOR_1,
                                  PINTU_FACT_1,         PINTU_HTTP_HANDLER_1, PINTU_EVIDENCE_1,
                                  PINTU_LOG_1,          PINTU_CONFIG_1,       PINTU_STATE_1,
                                  PINTU_SECRET_1,       PINTU_TIME_1,         PINTU_HTTP_ROUTE_1,
                                  PINTU_HTTP_REQUEST_1, PINTU_CONNECTION_1,   0};
