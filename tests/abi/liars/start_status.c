/* Its start() comes back with a status that there is not. */
#define LIE_START return 77
#include "liar.h"
