/* Its name is as long as memory. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, {"x", UINT64_MAX}, TEXT("1.0.0"), start, stop, extension
#include "liar.h"
