// Ports for tests that need none of the outside: entropy that repeats, a connector that remembers,
// a log that collects.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/ports/connector.hpp"
#include "engine/ports/entropy.hpp"
#include "engine/ports/log.hpp"

namespace pintu::testing {

class CountingEntropy : public ports::Entropy {
  public:
    explicit CountingEntropy(std::string seed) : seed_(std::move(seed)) {}
    Digest draw() override { return sha256({seed_, std::to_string(count_++)}); }

  private:
    std::string seed_;
    std::uint64_t count_ = 0;
};

class RememberingConnector : public ports::Connector {
  public:
    std::vector<ports::Performed> perform(const std::vector<ports::Message>& given) override {
        std::vector<ports::Performed> answers;
        for (const auto& message : given) {
            const auto& effect = message.effect;
            ++asked[effect.key];
            messages.push_back(message);
            if (asked[effect.key] == 1) took_effect.push_back(effect);
            answers.push_back(
                {answer, answer == ports::Performed::Outcome::done ? "" : "test", reaches});
        }
        return answers;
    }
    std::vector<ports::Message> messages;
    std::vector<PersonId> reaches;  // what it says of each that it answers `later`
    std::map<EffectKey, int> asked;
    std::vector<cases::Effect> took_effect;
    ports::Performed::Outcome answer = ports::Performed::Outcome::done;
};

class CollectingLog : public ports::Log {
  public:
    void write(ports::LogLevel, const std::string& code,
               const std::vector<std::string>& args) override {
        std::string line = code;
        for (const auto& arg : args) line += " " + arg;
        lines.push_back(line);
    }
    bool has(const std::string& code) const {
        for (const auto& line : lines)
            if (line.starts_with(code)) return true;
        return false;
    }
    std::vector<std::string> lines;
};

}  // namespace pintu::testing
