/* Its struct has no size. */
#define LIE_PLUGIN 0, PINTU_ABI, TEXT(LIAR_NAME), TEXT("1.0.0"), start, stop, extension
#include "liar.h"
