/* Its version is not its manifest's. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT(LIAR_NAME), TEXT("9.9.9"), start, stop, extension
#include "liar.h"
