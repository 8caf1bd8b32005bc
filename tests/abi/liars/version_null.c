/* Its version has a size and no bytes. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT(LIAR_NAME), {NULL, 3}, start, stop, extension
#include "liar.h"
