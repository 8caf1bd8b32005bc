/* Answers with a status that there is not. */
#define LIE_ANSWER return 99
#include "liar.h"
