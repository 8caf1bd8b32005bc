// The services as a compiled plugin sees them: the tables of plugins/abi/pintu_plugin.h, each
// function turned into a question to Services (docs/plugin-documents.md). For a trusted plugin in
// the engine and, over a socket, for one in pintu-host.
#pragma once

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/guest.hpp"

namespace pintu::plugins {

class ServiceTables {
  public:
    explicit ServiceTables(Services& services);  // which outlives it
    ServiceTables(const ServiceTables&) = delete;
    ServiceTables& operator=(const ServiceTables&) = delete;
    // Lives as this does. Its functions check what the plugin hands over (a text that is NULL with
    // a size, longer than a document, not UTF-8: PINTU_REFUSED) and let nothing be thrown.
    const pintu_host* host() const { return &host_; }

  private:
    pintu_host host_;
};

}  // namespace pintu::plugins
