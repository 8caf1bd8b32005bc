/* Answers with a document that is no UTF-8. */
#define LIE_ANSWER return say(sink, "{\"value\":\"\xff\xfe\"}")
#include "liar.h"
