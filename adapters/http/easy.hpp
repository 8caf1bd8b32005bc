// One use of libcurl, as this room uses it: no proxy, no signals, no address that is forbidden.
#pragma once

#include <chrono>
#include <string>

#include "engine/base/result.hpp"

namespace pintu::http {

class Easy {
  public:
    // `host` as it was named: what forbidden() asks.
    Easy(std::string host, std::chrono::milliseconds timeout);
    ~Easy();
    Easy(const Easy&) = delete;
    Easy& operator=(const Easy&) = delete;

    // libcurl's handle (CURL*), for further options; nullptr: out of memory.
    void* handle() { return handle_; }
    // As errors of send(), but for those of a response's size.
    Result<void> perform();
    // Whether `address` may be connected to; asked by libcurl before each attempt.
    bool allows(const void* address);

  private:
    void* handle_;
    const std::string host_;
    const std::chrono::milliseconds timeout_;
    bool refused_ = false;  // an address was
    std::string why_;       // libcurl's own words
};

}  // namespace pintu::http
