/* Its name has a size and no bytes. */
#define LIE_PLUGIN sizeof(pintu_plugin), PINTU_ABI, {NULL, 7}, TEXT("1.0.0"), start, stop, extension
#include "liar.h"
