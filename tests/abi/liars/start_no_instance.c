/* Starts, and leaves no instance: allowed, NULL is what it is called with. */
#define LIE_START         \
    do {                  \
        *instance = NULL; \
        return PINTU_OK;  \
    } while (0)
#include "liar.h"
