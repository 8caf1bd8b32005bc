/* Its tables have no functions. */
#define LIE_FACT_TABLE sizeof(pintu_fact_1), 0, NULL
#define LIE_CONNECTOR_TABLE sizeof(pintu_connector_1), 0, NULL
#define LIE_CHANNEL_TABLE sizeof(pintu_channel_1), 0, poll, NULL
#include "liar.h"
