/* Brings reports that are no list. */
#define LIE_POLL return say(sink, "{\"reports\":12,\"more\":\"ya\"}")
#include "liar.h"
