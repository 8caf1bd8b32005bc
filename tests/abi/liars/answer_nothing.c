/* Answers, it says, and writes nothing. */
#define LIE_ANSWER return PINTU_OK
#include "liar.h"
