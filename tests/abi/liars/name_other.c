/* Its name is not its manifest's. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT("orang-lain"), TEXT("1.0.0"), start, stop, extension
#include "liar.h"
