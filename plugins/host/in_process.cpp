#include "plugins/host/in_process.hpp"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "plugins/host/disk.hpp"
#include "plugins/host/library_file.hpp"
#include "plugins/host/opened.hpp"
#include "plugins/host/service_tables.hpp"

namespace pintu::plugins {
namespace {

constexpr Milliseconds kTick{10};  // the longest of a kernel's

// To within a tick, for a tenth of what an exact clock costs: a call must cost next to nothing.
Milliseconds coarse_now() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
    return Milliseconds(now.tv_sec * 1'000 + now.tv_nsec / 1'000'000);
}

// A name that no other copy has; gone when this ends, which a loaded file does not mind.
class Copy {
  public:
    static Result<Copy> make(const std::string& file, const std::string& folder) {
        const auto bytes = read_bytes(file, kMostLibraryBytes);
        if (!bytes) return fail("PL110", file);
        std::string path = folder + "/loaded.XXXXXX";
        const Descriptor copy(::mkostemp(path.data(), O_CLOEXEC));
        if (!copy.open()) return fail("PL017", path, reason());
        Copy made(path);
        if (!write_all(copy.get(), *bytes)) return fail("PL017", path, reason());
        return made;
    }
    Copy(Copy&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
    Copy& operator=(Copy&&) = delete;
    ~Copy() {
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    const std::string& path() const { return path_; }

  private:
    explicit Copy(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

class InProcess : public Guest {
  public:
    InProcess(InProcessSettings settings, Services& services)
        : settings_(std::move(settings)), tables_(services) {}

    Result<Introduced> start(std::string_view config, Milliseconds deadline) override {
        const auto until = coarse_now() + deadline + kTick;
        const auto copy = Copy::make(settings_.file, settings_.copies);
        if (!copy) return copy.unexpected();
        if (auto wrong = wrong_with_library(copy->path())) return named(*wrong);
        auto opened = Opened::open(copy->path());
        if (!opened) return named(opened.error());
        auto introduced = (*opened)->start(*tables_.host(), config);
        if (!introduced) return named(introduced.error());
        if (coarse_now() > until) return late(deadline);
        opened_ = std::move(*opened);
        return introduced;
    }

    Result<Answer> call(std::string_view method, std::string_view document,
                        Milliseconds deadline) override {
        if (!opened_) return fail("PL005", settings_.name);
        const auto until = coarse_now() + deadline + kTick;
        auto answer = opened_->call(method, document);
        if (!answer) {
            const auto error = named(answer.error());
            opened_.reset();
            return error;
        }
        if (coarse_now() > until) {
            opened_.reset();
            return late(deadline);
        }
        return answer;
    }

    void stop(Milliseconds) override { opened_.reset(); }

  private:
    // What was opened knows neither the plugin's name nor that its file is a copy.
    Unexpected<Error> named(Error error) const {
        if (error.code == "PL003" && !error.args.empty()) error.args[0] = settings_.name;
        for (auto& arg : error.args)
            if (arg.starts_with(settings_.copies + "/loaded.")) arg = settings_.file;
        return {error};
    }
    Unexpected<Error> late(Milliseconds deadline) const {
        return fail("PL001", settings_.name, std::to_string(deadline.count()));
    }

    InProcessSettings settings_;
    ServiceTables tables_;
    std::unique_ptr<Opened> opened_;
};

}  // namespace

std::unique_ptr<Guest> make_in_process_guest(InProcessSettings settings, Services& services) {
    return std::make_unique<InProcess>(std::move(settings), services);
}

}  // namespace pintu::plugins
