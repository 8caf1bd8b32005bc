/* Cannot be stopped. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), start, NULL, extension
#include "liar.h"
