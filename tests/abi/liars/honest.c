/* Tells no lie: what the others are compared with. */
#include "liar.h"
