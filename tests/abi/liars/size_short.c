/* Its struct ends before extension(), so it says. */
#define LIE_PLUGIN                                                                             \
    offsetof(pintu_plugin, extension), PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, \
        extension
#include "liar.h"
