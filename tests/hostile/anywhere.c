/* ATTACK (crash or hang) in one phase of a plugin's life: WHERE_... */
#include "tests/hostile/hostile.h"

#if defined(WHERE_CONSTRUCTOR)
__attribute__((constructor)) static void attack(void) {
    ATTACK();
}
#elif defined(WHERE_DESTRUCTOR)
__attribute__((destructor)) static void attack(void) {
    ATTACK();
}
#elif defined(WHERE_ENTRY)
void on_entry(void) {
    ATTACK();
}
#elif defined(WHERE_START)
int32_t on_start(pintu_sink* why) {
    (void)why;
    ATTACK();
    return PINTU_OK;
}
#elif defined(WHERE_CALL)
int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    ATTACK();
    return say(answer, "fine");
}
#else
void on_stop(void) {
    ATTACK();
}
#endif
