#include "plugins/host/one_plugin.hpp"

#include <algorithm>
#include <utility>

#include "plugins/abi/pintu_plugin.h"
#include "plugins/host/document.hpp"
#include "plugins/host/marks.hpp"
#include "plugins/host/what_it_runs.hpp"

namespace pintu::plugins {
namespace {

constexpr Kind kKinds[] = {Kind::channel, Kind::connector, Kind::fact, Kind::evidence};

// What its next start may mend by itself, and what only another file will.
Restarts::Cause cause_of(const std::string& code) {
    for (const auto* refusal : {"PL016", "PL017", "PL020", "PL021", "PL026"})
        if (code == refusal) return Restarts::Cause::refusal;
    for (const auto* wrong :
         {"PL015", "PL022", "PL023", "PL024", "PL025", "PL110", "PL111", "PL112", "PL113"})
        if (code == wrong) return Restarts::Cause::wrong;
    return Restarts::Cause::crash;
}

std::string words_of(const Error& error) {
    std::string words = error.code;
    for (const auto& arg : error.args) words += " " + arg;
    return words;
}

constexpr Milliseconds kToSettle{3'000};

}  // namespace

OnePlugin::OnePlugin(Chosen chosen, const PluginsOptions& options, Version version)
    : chosen_(std::move(chosen)),
      options_(options),
      belongings_(options.directory + "/" + chosen_.name) {
    versions_.push_back(std::make_unique<Version>(std::move(version)));
    current_ = versions_.back().get();
    disabled_ = is_disabled(options_.directory, chosen_.name);
}

OnePlugin::~OnePlugin() {
    for (auto& seat : seats_) {
        end(seat, kToStop);
        seat.next = {};
    }
    if (!written_.empty()) write_status();
}

const Manifest& OnePlugin::manifest() const {
    const std::lock_guard lock(mutex_);
    return current_->manifest;
}

std::optional<Error> OnePlugin::barred() const {
    const std::lock_guard lock(mutex_);
    const auto now = options_.steady();
    const std::string& name = chosen_.name;
    if (disabled_) return Error{"PL013", {name}};
    if (restarts_.quarantined(now))
        return Error{"PL011", {name, last_error_ ? last_error_->code : ""}};
    const auto wait = restarts_.wait(now);
    if (wait.count() > 0) return Error{"PL012", {name, std::to_string(wait.count())}};
    return std::nullopt;
}

void OnePlugin::end(Seat& seat, Milliseconds patience) {
    if (seat.running.services) seat.running.services->answer_within(patience);
    if (seat.running.guest) seat.running.guest->stop(patience);
    seat.running.guest.reset();
    seat.running = {};
    seat.live = false;
}

// Gives way to a version that took over, whose guest may be waiting.
void OnePlugin::renew(Kind kind, Seat& seat) {
    Running next;
    bool stale = false;
    bool fits = false;
    {
        const std::lock_guard lock(mutex_);
        next = std::exchange(seat.next, {});
        stale = seat.running.guest && seat.running.version != current_;
        fits = next.guest && next.version == current_ && current_->manifest.has(kind);
    }
    if (stale) end(seat, kToStop);
    if (!fits || seat.running.guest) return;
    seat.running = std::move(next);
    seat.live = true;
}

Error OnePlugin::failed(Kind kind, Seat& seat, Error error) {
    end(seat, Milliseconds(1));
    if (error.code == "PL018") return error;
    belongings_.log.write_error(options_.now(), kind_name(kind), error);
    bool quarantined = false;
    {
        const std::lock_guard lock(mutex_);
        quarantined = restarts_.failed(options_.steady(), cause_of(error.code));
        last_error_ = error;
    }
    if (options_.trouble) options_.trouble({chosen_.name, error, false});
    if (quarantined) tell_quarantine(kind, error.code);
    return error;
}

// Besides the failure: who is told that it is started again must hear that now it is not.
void OnePlugin::tell_quarantine(Kind kind, const std::string& why) {
    const Error error{"PL006", {chosen_.name, why}};
    belongings_.log.write_error(options_.now(), kind_name(kind), error);
    if (options_.trouble) options_.trouble({chosen_.name, error, true});
}

// The version to start. Where its files are being replaced, what is there may be half of each: it
// waits until look_around() has settled which version it is.
Result<const Version*> OnePlugin::settled() {
    std::unique_lock lock(mutex_);
    const Version* version = current_;
    lock.unlock();
    const std::string now = fingerprint(version->manifest);
    if (now == version->fingerprint) return version;
    lock.lock();
    const auto decided = [&] { return current_ != version || refused_ == now; };
    (void)settled_.wait_for(lock, kToSettle, decided);
    if (current_ != version) return current_;
    if (refused_ == now && last_error_) return Unexpected<Error>{*last_error_};
    return fail("PL012", chosen_.name, std::to_string(kToSettle.count()));
}

Result<void> OnePlugin::ensure_started(Kind kind, Seat& seat) {
    renew(kind, seat);
    if (seat.running.guest) return {};
    const auto until = Steady::now() + kToStart;
    while (Steady::now() < until) {  // once, but where its files are replaced meanwhile
        const auto version = settled();
        if (!version) return version.unexpected();
        auto started = start_guest(**version, kind, chosen_.trusted, options_, belongings_);
        if (started) {
            take_seat(seat, std::move(*started));
            return {};
        }
        if (fingerprint((*version)->manifest) == (*version)->fingerprint)
            return Unexpected<Error>{failed(kind, seat, started.error())};
    }
    return fail("PL012", chosen_.name, std::to_string(kToSettle.count()));
}

void OnePlugin::take_seat(Seat& seat, Running running) {
    seat.running = std::move(running);
    seat.live = true;
    const std::lock_guard lock(mutex_);
    if (seat.ever) ++restarted_;
    seat.ever = true;
}

Result<Answer> OnePlugin::call(Kind kind, std::string_view method, std::string_view document,
                               Milliseconds deadline) {
    if (!manifest().has(kind)) return fail("PL010", chosen_.name, std::string(kind_name(kind)));
    if (document.size() > PINTU_MOST_DOCUMENT) return Answer{Status::too_large, "", ""};
    if (auto no = barred()) return Unexpected<Error>{*no};
    Seat& own = seat(kind);
    const std::unique_lock turn(own.turn, deadline / 2);  // the guest is never given a rest of it
    if (!turn) return fail("PL014", chosen_.name, std::to_string((deadline / 2).count()));
    if (auto no = barred()) return Unexpected<Error>{*no};  // it failed while others had their turn
    if (auto started = ensure_started(kind, own); !started) return started.unexpected();
    ++calls_;
    own.running.services->answer_within(deadline);
    auto answer = own.running.guest->call(method, document, deadline);
    if (!answer) return Unexpected<Error>{failed(kind, own, answer.error())};
    if (answer->status != Status::ok) answer->document = plain(answer->document);
    if (answer->status == Status::ok && answer->document.empty()) answer->document = "{}";
    if (answer->status == Status::ok)
        if (const auto wrong = wrong_with_document(answer->document))
            return Unexpected<Error>{failed(kind, own, {"PL003", {chosen_.name, *wrong}})};
    return answer;
}

void OnePlugin::start_all() {
    for (const Kind kind : kKinds) {
        if (!manifest().has(kind) || barred()) continue;
        const std::unique_lock turn(seat(kind).turn, kToStart);
        if (turn && !barred()) (void)ensure_started(kind, seat(kind));
    }
}

bool OnePlugin::look_around() {
    const std::lock_guard looking(looking_);
    follow_marks();
    const bool changed = follow_files();
    for (const Kind kind : kKinds) {
        const std::unique_lock turn(seat(kind).turn, std::try_to_lock);
        if (!turn) continue;  // it is working; its next call, or look, does this
        renew(kind, seat(kind));
        const auto no = barred();
        if (no && no->code != "PL012") end(seat(kind), kToStop);
    }
    write_status();
    return changed;
}

void OnePlugin::follow_marks() {
    const bool now_disabled = is_disabled(options_.directory, chosen_.name);
    const bool enabled = take_enabled(options_.directory, chosen_.name);
    const std::lock_guard lock(mutex_);
    if (enabled || (disabled_ && !now_disabled)) restarts_.forgive();
    disabled_ = now_disabled;
}

bool OnePlugin::follow_files() {
    const Version* current = nullptr;
    std::string refused;
    {
        const std::lock_guard lock(mutex_);
        current = current_;
        refused = refused_;
    }
    const std::string now = fingerprint(current->manifest);
    const bool known = now == current->fingerprint || now == refused;
    const bool steady = now == seen_;  // twice the same: nobody is writing it any more
    seen_ = known ? "" : now;
    if (known || !steady) return false;
    SourceSet sources;
    Diagnostics diagnostics;
    auto version = read_version(chosen_, options_, sources, diagnostics);
    if (!version) {
        const Diagnostic first = diagnostics.sorted().at(0);
        refuse(now, sources.place(first.span) + " " + words_of({first.code, first.args}));
        return false;
    }
    version->fingerprint = now;
    return take_over(std::move(*version));
}

// The kinds that run are started anew before the old ones end: a version that cannot start changes
// nothing.
bool OnePlugin::take_over(Version version) {
    auto candidate = std::make_unique<Version>(std::move(version));
    std::array<Running, 4> started;
    for (const Kind kind : kKinds) {
        if (!seat(kind).live || !candidate->manifest.has(kind)) continue;
        auto running = start_guest(*candidate, kind, chosen_.trusted, options_, belongings_);
        if (!running) {
            refuse(candidate->fingerprint, words_of(running.error()));
            return false;
        }
        started[static_cast<std::size_t>(kind)] = std::move(*running);
    }
    const std::lock_guard lock(mutex_);
    versions_.push_back(std::move(candidate));
    current_ = versions_.back().get();
    for (std::size_t i = 0; i < seats_.size(); ++i) seats_[i].next = std::move(started[i]);
    restarts_.forgive();
    refused_.clear();
    settled_.notify_all();
    return true;
}

void OnePlugin::refuse(const std::string& fingerprint, const std::string& why) {
    const Error error{"PL009", {chosen_.name, why}};
    belongings_.log.write_error(options_.now(), "", error);
    {
        const std::lock_guard lock(mutex_);
        last_error_ = error;
        refused_ = fingerprint;
        settled_.notify_all();
    }
    if (options_.trouble) options_.trouble({chosen_.name, error, false});
}

PluginStatus OnePlugin::status() const {
    const bool live =
        std::any_of(seats_.begin(), seats_.end(), [](const Seat& one) { return one.live.load(); });
    const std::lock_guard lock(mutex_);
    const auto now = options_.steady();
    PluginStatus status{
        chosen_.name, current_->manifest.version, Health::stopped, calls_, restarted_, "",
        last_error_};
    status.sandbox = form_words(current_->manifest, chosen_.trusted, options_.launcher);
    if (disabled_)
        status.health = Health::disabled;
    else if (restarts_.quarantined(now))
        status.health = Health::quarantined;
    else if (live)
        status.health = Health::running;
    else if (restarts_.wait(now).count() > 0)
        status.health = Health::waiting_to_restart;
    return status;
}

// Calls alone are no news: they are told with every tenth look.
void OnePlugin::write_status() {
    const PluginStatus now = status();
    PluginStatus news = now;
    news.calls = 0;
    const std::string text = status_text(news);
    if (text == written_ && ++looks_ % 10 != 0) return;
    if (plugins::write_status(options_.directory, now, options_.now())) written_ = text;
}

}  // namespace pintu::plugins
