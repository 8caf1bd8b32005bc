// What PostgreSQL and libpq report, in the words of the messages catalogue. Retries go by the
// five characters of the SQLSTATE, never by words.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/result.hpp"

namespace pintu::postgres {

// `server`: Address::shown. `message`: the server's first line; left out where it may quote a value
// (class 22), and empty where the connection went without a word.
Error classify(std::string_view sqlstate, const std::string& server, const std::string& message);

// A connection that was not made: libpq has only words, one line for each host.
Error classify_refusal(const std::string& server, const std::string& message);

}  // namespace pintu::postgres
