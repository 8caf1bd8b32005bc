#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/hostile/hostile.h"

/* No attack: what a plugin for files does, in the folder that the question names. */
int32_t on_call(pintu_text question, pintu_sink* answer) {
    char folder[1000];
    char from[1100];
    char to[1100];
    if (question.size >= sizeof folder) return say(answer, "wrong");
    memcpy(folder, question.data, question.size);
    folder[question.size] = 0;
    snprintf(from, sizeof from, "%s/laporan.csv", folder);
    snprintf(to, sizeof to, "%s/aside", folder);
    FILE* file = fopen(from, "w");
    if (file == NULL) return say(answer, "wrong");
    fputs("isi\n", file);
    fsync(fileno(file));
    fclose(file);
    mkdir(to, 0700);
    snprintf(to, sizeof to, "%s/aside/laporan.csv", folder);
    return say(answer, rename(from, to) == 0 ? "fine" : "wrong");
}
