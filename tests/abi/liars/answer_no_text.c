/* Answers with a value that is no text. */
#define LIE_ANSWER return say(sink, "{\"value\":{\"ya\":true}}")
#include "liar.h"
