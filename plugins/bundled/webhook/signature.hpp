// Signatures as in the Standard Webhooks specification: HMAC-SHA-256 over "ID.TIMESTAMP.BODY" with
// the raw bytes of the body, in base64, after "v1,".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace webhook {

// One "v1,..." for each key, apart by a space.
std::string signatures(const std::vector<std::string>& keys, std::string_view id,
                       std::string_view timestamp, std::string_view body);

// Whether one of the signatures that `header` lists is by one of the keys. Each is compared with
// each, whatever matched before, in a time that does not tell how much of it was right.
bool is_signed(const std::vector<std::string>& keys, std::string_view header, std::string_view id,
               std::string_view timestamp, std::string_view body);

// In lower-case hex.
std::string sha256_hex(std::string_view bytes);

}  // namespace webhook
