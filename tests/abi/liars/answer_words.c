/* Answers with what is no document. */
#define LIE_ANSWER return say(sink, "ya")
#include "liar.h"
