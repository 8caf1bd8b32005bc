// What operators are told. Words come from the catalogue; no personal data.
#pragma once

#include <string>
#include <vector>

namespace pintu::ports {

enum class LogLevel { debug, info, warning, error };

class Log {
  public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, const std::string& code,
                       const std::vector<std::string>& args) = 0;
};

}  // namespace pintu::ports
