/* Has an entry that says it cannot work with this host. */
#define LIE_ENTRY return NULL
#include "liar.h"
