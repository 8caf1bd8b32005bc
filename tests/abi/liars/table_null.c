/* Has no extension at all, whatever its manifest says. */
#define LIE_EXTENSION return NULL
#include "liar.h"
