#include <sqlite3.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    sqlite3* base = NULL;
    const int wrong = sqlite3_open(":memory:", &base) ||
                      sqlite3_exec(base, "CREATE TABLE t(x); INSERT INTO t VALUES(1)", 0, 0, 0);
    sqlite3_close(base);
    return say(answer, wrong ? "wrong" : "fine");
}
