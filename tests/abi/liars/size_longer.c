/* Its struct says to have more than this host knows: allowed, and not to be read. */
#define LIE_PLUGIN 0xffffffffu, PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, extension
#include "liar.h"
