// A request that came to the webhook, checked from the outside in: nothing of its body is looked at
// before its signature is right.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "plugins/sdk/documents.hpp"
#include "settings.hpp"

namespace webhook {

// An answer with a reason of its own: {"kode":"tanda_tangan_salah","pesan":"..."}.
pintu::plugin::HttpResponse refusal(int status, const std::string& code, const std::string& words);

// Signed, in time, of a size that is taken.
struct Delivery {
    std::string id;         // webhook-id
    bool question = false;  // GET: what became of it?
};

std::variant<Delivery, pintu::plugin::HttpResponse> checked(
    const pintu::plugin::HttpRequest& request, const Settings& settings,
    const std::vector<std::string>& keys, std::int64_t now_s);

}  // namespace webhook
