#include "adapters/node/node.hpp"

#include <algorithm>

#include "adapters/node/thread.hpp"

namespace pintu::node {
namespace {

// Reports that are the same one meet in one worker, so that they do not race.
std::string key_of(const cases::Report& report) {
    return report.external_id.empty() ? report.isi : report.channel + '\n' + report.external_id;
}

template <class T>
std::pair<Answer<T>, std::future<Result<T>>> promised() {
    auto promise = std::make_shared<std::promise<Result<T>>>();
    auto future = promise->get_future();
    return {[promise](Result<T> answer) { promise->set_value(std::move(answer)); },
            std::move(future)};
}

}  // namespace

Result<std::unique_ptr<Node>> Node::start(const Settings& settings, const Equip& equip,
                                          const runtime::Loadout& loadout) {
    std::unique_ptr<Node> node(new Node(settings));
    const std::size_t workers = std::max<std::size_t>(1, settings.workers);
    using Role = Thread::Role;
    for (std::size_t i = 0; i < workers + settings.turners; ++i) {
        auto equipment = equip();
        if (!equipment) return equipment.unexpected();
        const Role role = i >= workers            ? Role::turns
                          : settings.turners == 0 ? Role::both
                                                  : Role::decides;
        auto thread = std::make_unique<Thread>(settings, role, std::move(*equipment));
        if (auto used = thread->use(loadout); !used) return used.unexpected();
        node->threads_.push_back(std::move(thread));
    }
    for (auto& thread : node->threads_) thread->start();
    return node;
}

Node::Node(const Settings& settings)
    : settings_(settings), routes_(std::max<std::size_t>(1, settings.workers)) {}

Node::~Node() {
    stop();
}

void Node::stop() {
    for (auto& thread : threads_) thread->close();
    for (auto& thread : threads_) thread->join();
}

void Node::submit(cases::Report report, runtime::IntakeOptions options,
                  Answer<runtime::IntakeAnswer> answer) {
    auto way = routes_.of_report(std::hash<std::string>()(key_of(report)));
    Thread& thread = *threads_[way.worker()];
    thread.put(ReportJob{std::move(report), std::move(options), std::move(answer), std::move(way)});
}

void Node::submit(cases::Command command, Answer<ports::CommandOutcome> answer) {
    auto way = routes_.of_case(std::hash<std::string>()(command.case_id.value));
    Thread& thread = *threads_[way.worker()];
    thread.put(CommandJob{std::move(command), std::move(answer), std::move(way)});
}

std::future<Result<runtime::IntakeAnswer>> Node::submit(cases::Report report,
                                                        runtime::IntakeOptions options) {
    auto [answer, future] = promised<runtime::IntakeAnswer>();
    submit(std::move(report), std::move(options), std::move(answer));
    return std::move(future);
}

std::future<Result<ports::CommandOutcome>> Node::submit(cases::Command command) {
    auto [answer, future] = promised<ports::CommandOutcome>();
    submit(std::move(command), std::move(answer));
    return std::move(future);
}

Figures Node::figures() const {
    Figures all;
    for (const auto& thread : threads_) thread->add_to(all);
    return all;
}

std::optional<Error> Node::trouble() const {
    for (const auto& thread : threads_)
        if (auto trouble = thread->trouble()) return trouble;
    return std::nullopt;
}

}  // namespace pintu::node
