#include <sys/prctl.h>
#include <sys/resource.h>

#include "tests/hostile/hostile.h"

int32_t on_call(pintu_text question, pintu_sink* answer) {
    (void)question;
    const struct rlimit more = {RLIM_INFINITY, RLIM_INFINITY};
    return got_through(setrlimit(RLIMIT_NOFILE, &more) == 0 || setrlimit(RLIMIT_CORE, &more) == 0 ||
                           prctl(PR_SET_PDEATHSIG, 0) == 0 || prctl(PR_SET_DUMPABLE, 1) == 0,
                       answer);
}
