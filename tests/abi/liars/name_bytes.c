/* Its name is no UTF-8. */
#define LIE_PLUGIN \
    sizeof(pintu_plugin), PINTU_ABI, TEXT("\xff\xfe"), TEXT("1.0.0"), start, stop, extension
#include "liar.h"
