/* Says of a message that there is no such thing. */
#define LIE_SEND return PINTU_UNKNOWN
#include "liar.h"
