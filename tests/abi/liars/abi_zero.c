/* Was built with an ABI that never was. */
#define LIE_PLUGIN sizeof(pintu_plugin), 0, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, extension
#include "liar.h"
