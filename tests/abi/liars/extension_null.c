/* Cannot be asked what it can do. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, NULL
#include "liar.h"
