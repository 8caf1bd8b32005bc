#include <unistd.h>

#include "tests/hostile/hostile.h"

__attribute__((constructor)) static void attack(void) {
    char* const arguments[] = {"sh", NULL};
    execve("/bin/sh", arguments, NULL);
}
