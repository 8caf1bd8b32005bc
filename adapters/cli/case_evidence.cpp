#include <filesystem>
#include <ostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/engine.hpp"
#include "adapters/cli/plugins.hpp"
#include "adapters/cli/setup.hpp"
#include "adapters/files/blob_files.hpp"
#include "adapters/files/whole_file.hpp"
#include "adapters/plugged/evidence.hpp"
#include "adapters/wire/json_writer.hpp"
#include "engine/runtime/evidence.hpp"

namespace pintu::cli {
namespace {

using ports::BlobForm;

struct Listed {
    runtime::CaseFile file;
    plugged::About about;
    std::string name;  // where personal data may be seen
};

// Where the file's ending comes from: its content, never its name.
std::string ending_of(const std::string& type) {
    constexpr std::pair<std::string_view, std::string_view> kEndings[] = {
        {"image/jpeg", ".jpg"},      {"image/png", ".png"},   {"image/gif", ".gif"},
        {"image/webp", ".webp"},     {"image/heic", ".heic"}, {"application/pdf", ".pdf"},
        {"application/zip", ".zip"}, {"video/mp4", ".mp4"},   {"video/3gpp", ".3gp"},
        {"text/plain", ".txt"}};
    for (const auto& [known, ending] : kEndings)
        if (known == type) return std::string(ending);
    return ".bin";
}

class Evidence {
  public:
    Evidence(const Options& options, const CaseEvidenceArgs& args, const Io& io)
        : options_(options), args_(args), io_(io), blobs_(blobs_folder(options)) {}

    int show(ports::EventStore& store, const cases::CaseRow& row) {
        const auto stored = store.load({row.id});
        if (!stored) return store_failed(options_, stored.error(), io_);
        std::vector<cases::PersonalValue> personal;
        if (args_.personal) {
            auto read = store.personal(row.id);
            if (!read) return store_failed(options_, read.error(), io_);
            personal = std::move(*read);
        }
        std::vector<Listed> all;
        for (auto& file : runtime::files_of(stored->front().events))
            all.push_back(look_at(std::move(file), personal, row.rahasia));
        print(all);
        return args_.out.empty() ? kDone : write(all);
    }

  private:
    Listed look_at(runtime::CaseFile file, const std::vector<cases::PersonalValue>& personal,
                   bool hidden) {
        Listed one;
        const auto document = blobs_.get(file.content, BlobForm::about);
        const auto about = document ? plugged::read_about(*document) : std::nullopt;
        if (about) one.about = *about;
        if (hidden) one.about.shown = false;
        for (const auto& value : personal)
            if (value.sequence == file.sequence && value.path == file.path) one.name = value.value;
        one.file = std::move(file);
        return one;
    }

    void print(const std::vector<Listed>& all) {
        if (options_.output == Output::json || options_.output == Output::jsonl)
            return print_json(all);
        Table table({"#", words(options_, "CL572"), words(options_, "CL573"),
                     words(options_, "CL574"), words(options_, "CL575")});
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& about = all[i].about;
            const std::string size = std::to_string(all[i].file.size_bytes);
            const std::string pixels =
                about.width.empty() ? "" : " " + about.width + "x" + about.height;
            std::string more = args_.personal ? all[i].name : "";
            if (args_.personal && !about.lat.empty()) more += "  " + about.lat + "," + about.lon;
            if (!about.broken.empty()) more += "  " + about.broken;
            table.add({std::to_string(i + 1), about.type + pixels, size,
                       words(options_, about.shown ? "CL576" : "CL577"), more});
        }
        if (all.empty())
            say(io_, options_, "CL571");
        else
            table.print(io_.out, options_.output);
    }

    void print_json(const std::vector<Listed>& all) {
        wire::JsonWriter json;
        json.begin_object().key("evidence").begin_array();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto& [file, about, name] = all[i];
            json.begin_object().field("number", static_cast<std::int64_t>(i + 1));
            json.field("sequence", static_cast<std::int64_t>(file.sequence));
            json.field("sha256", to_hex(bytes_of(file.content))).field("size", file.size_bytes);
            json.field("type", about.type).field("looked_at", about.looked_at);
            json.field("whole", about.whole).field("shown", about.shown);
            number(json, "width", about.width);
            number(json, "height", about.height);
            json.field("broken", about.broken);
            if (args_.personal) {
                json.field("name", name);
                number(json, "lat", about.lat);
                number(json, "lon", about.lon);
            }
            json.end_object();
        }
        io_.out << json.end_array().end_object().text() << '\n';
    }

    static void number(wire::JsonWriter& json, std::string_view name, const std::string& text) {
        json.key(name);
        text.empty() ? json.null() : json.raw(text);
    }

    int write(const std::vector<Listed>& all) {
        std::error_code ec;
        std::filesystem::create_directories(args_.out, ec);
        int exit = kDone;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!args_.personal && !all[i].about.shown) continue;
            const auto form = args_.personal ? BlobForm::original : BlobForm::shown;
            auto bytes = blobs_.get(all[i].file.content, form);
            const auto path = std::filesystem::path(args_.out) /
                              (std::to_string(i + 1) + ending_of(all[i].about.type));
            auto written = bytes ? files::write_private(path.string(), *bytes)
                                 : Result<void>(bytes.unexpected());
            if (written) continue;
            say(io_, options_, written.error());
            exit = kFailed;
        }
        return exit;
    }

    const Options& options_;
    const CaseEvidenceArgs& args_;
    const Io& io_;
    files::BlobFiles blobs_;
};

// Records the reading first, as `case show --personal` does.
bool note_reading(const Options& options, ports::EventStore& store, const cases::CaseRow& row,
                  const CaseEvidenceArgs& args, const Io& io, int& exit) {
    constexpr std::int64_t kWait = 10;
    const auto outcome = send(options, store, row, actor_named(args.as),
                              cases::NoteReading{args.purpose}, kWait, io, exit);
    if (!outcome) return false;
    if (!outcome->accepted) {
        say(io, options, Error{outcome->code, outcome->args});
        exit = kNotAllowed;
    }
    return outcome->accepted;
}

}  // namespace

int case_evidence(const Options& options, const CaseEvidenceArgs& args, Io& io) {
    if (args.personal && (args.as.empty() || args.purpose.empty()))
        return say(io, options, "CL055"), kWrongUsage;
    int exit = kFailed;
    const auto store = open_store(options, args.personal ? Access::write : Access::read, io, exit);
    if (!store) return exit;
    const auto row = find_case(options, *store, args.id, io, exit);
    if (!row) return exit;
    if (args.personal && !note_reading(options, *store, *row, args, io, exit)) return exit;
    return Evidence(options, args, io).show(*store, *row);
}

}  // namespace pintu::cli
