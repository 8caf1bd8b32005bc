/* Answers with a status below all. */
#define LIE_ANSWER return -1
#include "liar.h"
