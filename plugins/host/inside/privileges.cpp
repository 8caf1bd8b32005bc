#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "plugins/host/inside/kernel.hpp"

namespace pintu::plugins::inside {

void look_at_namespaces(Grants& grants);
int landlock_version();

Failed failed(std::string step) {
    return {std::move(step), errno};
}

Grants look_at_kernel() {
    Grants grants;
    look_at_namespaces(grants);
    grants.landlock = landlock_version();
    grants.no_new_privileges = ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) >= 0;
    const unsigned action = 0x80000000U;                            // SECCOMP_RET_KILL_PROCESS
    grants.seccomp = ::syscall(SYS_seccomp, 2U, 0U, &action) == 0;  // SECCOMP_GET_ACTION_AVAIL
    return grants;
}

Step drop_privileges() {
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no_new_privs");
    (void)::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (int capability = 0; ::prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; ++capability)
        (void)::prctl(PR_CAPBSET_DROP, capability, 0, 0, 0);  // needs none that an unprivileged has
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct none[2]{};
    if (::syscall(SYS_capset, &header, none) != 0) return failed("capset");
    return std::nullopt;
}

}  // namespace pintu::plugins::inside
