#include "engine/runtime/asked_facts.hpp"

namespace pintu::runtime {
namespace {

// Each part with its length: no two questions are the same text.
Digest key_of(const ports::FactQuestion& question) {
    std::string text;
    const auto part = [&](const std::string& piece) {
        text += std::to_string(piece.size()) + ":" + piece;
    };
    part(question.function);
    for (const auto& argument : question.arguments) {
        part(argument.name);
        part(argument.value);
        part(argument.personal);
    }
    part(std::to_string(question.timeout_ms));
    return sha256(text);
}

}  // namespace

ports::FactAnswer AskedFacts::ask(const ports::FactQuestion& question) {
    const Digest key = key_of(question);
    if (const auto known = known_.find(key); known != known_.end()) return known->second;
    ports::FactAnswer answer = source_->ask(question);
    known_[key] = {answer.value, 0};
    return answer;
}

}  // namespace pintu::runtime
