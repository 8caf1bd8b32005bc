/* Its tables end before their functions, so they say. */
#define LIE_FACT_TABLE 8, 0, answer
#define LIE_CONNECTOR_TABLE 8, 0, send_message
#define LIE_CHANNEL_TABLE 16, 0, poll, taken
#include "liar.h"
