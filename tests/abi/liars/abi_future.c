/* Was built with an ABI that is not yet. */
#define LIE_PLUGIN sizeof(pintu_plugin), 999, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, extension
#include "liar.h"
