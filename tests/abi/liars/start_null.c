/* Cannot be started. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), NULL, stop, extension
#include "liar.h"
