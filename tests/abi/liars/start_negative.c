/* Its start() comes back with a status below all. */
#define LIE_START return INT32_MIN
#include "liar.h"
