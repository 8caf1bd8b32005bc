/* Its tables say to have more than this host knows: allowed, and not to be read. */
#define LIE_FACT_TABLE 0xfffffff0u, 0, answer
#include "liar.h"
