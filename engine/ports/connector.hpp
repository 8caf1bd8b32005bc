// Who performs effects: messages that are composed already. The runtime calls after the commit, and
// may call again with the same keys (after a crash): a key that was performed must not be performed
// twice.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/cases/effect/effect.hpp"

namespace pintu::ports {

// The reporter, as far as the case knows them; "" where it does not. All empty where the message
// goes to an office (Effect::persons) or to everybody (kind "publish"): those have no addresses
// here.
struct Recipient {
    std::string external_id;  // of the report: an answer goes back to it (an e-mail's thread)
    std::string name;
    std::string phone;
    std::string email;
    bool operator==(const Recipient&) const = default;
};

// An effect in words. `text` and `subject` hold no more than the case's *anonim* and *rahasia* let
// this recipient see; `to` is personal whatever they say: who passes it on asks the manifest.
struct Message {
    cases::Effect effect;
    std::uint32_t attempt = 1;  // 1: never tried before
    std::string language = "id";
    std::string subject;  // "": the template has none
    std::string text;     // "": there is no template, or it could not be composed
    Recipient to;
    std::vector<PersonId> reached;  // of effect.persons: earlier attempts reached them
    bool operator==(const Message&) const = default;
};

struct Performed {
    enum class Outcome {
        done,
        refused,  // for good: recorded as failed, not tried again
        later,    // could not now: stays in the outbox
        untried   // its time was over: the rest goes with the next turn, and is no attempt
    } outcome = Outcome::done;
    std::string why;  // of refused and later; empty: nobody needs to be told
    // Of later and untried: of effect.persons, those whom this attempt reached; the next one leaves
    // them out.
    std::vector<PersonId> reached = {};
};

class Connector {
  public:
    virtual ~Connector() = default;
    // Does it read the words of this effect? Where not, its message comes without them.
    virtual bool reads(const cases::Effect& /*effect*/) const { return true; }
    // One answer for each message, in order.
    virtual std::vector<Performed> perform(const std::vector<Message>& messages) = 0;
};

}  // namespace pintu::ports
