#include "work.hpp"

#include <filesystem>

namespace berkas {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::int64_t kMostResults = 256 << 20;

bool refuse_file(const Folders& folders, const std::string& name, const std::string& why) {
    return write_whole(folders.failed + "/" + name + ".alasan.txt", why + "\n") &&
           move(folders.work + "/" + name, folders.failed + "/" + name);
}

std::string status_of(const json::object& result) {
    const auto* status = result.if_contains("status");
    return status != nullptr && status->is_string() ? std::string(status->get_string()) : "";
}

std::string lines_of(const std::map<std::size_t, Result>& results) {
    std::string text;
    for (const auto& [line, result] : results) text += json::serialize(result.document) + "\n";
    return text;
}

}  // namespace

json::object result_document(const Line& line, std::string_view status,
                             std::string_view tracking_id, json::array errors) {
    json::object document{{"line", line.number}, {"external_id", line.external_id()}};
    document["status"] = status;
    if (tracking_id.empty())
        document["tracking_id"] = nullptr;
    else
        document["tracking_id"] = tracking_id;
    document["errors"] = std::move(errors);
    return document;
}

Result refused_here(const Line& line, const std::string& why) {
    json::object error{{"code", "berkas"}, {"message", why}};
    return {"rejected", result_document(line, "rejected", "", {std::move(error)})};
}

std::vector<std::string> attachment_paths(const json::object& report) {
    std::vector<std::string> paths;
    const auto* list = report.if_contains("attachments");
    if (list == nullptr || !list->is_array()) return paths;
    for (const auto& item : list->get_array()) {
        const auto* path = item.is_object() ? item.get_object().if_contains("path") : nullptr;
        if (path != nullptr && path->is_string()) paths.emplace_back(path->get_string());
    }
    return paths;
}

std::optional<Work> Work::open(const Folders& folders, const std::string& name,
                               std::int64_t most_bytes) {
    const auto text = read_below(folders.work, name, most_bytes);
    if (!text) {
        refuse_file(folders, name,
                    "Berkas ini tidak dapat dibaca, atau lebih dari " +
                        std::to_string(most_bytes >> 20) + " MiB.");
        return std::nullopt;
    }
    Work work(folders, name);
    work.content_ = read_content(*text, is_csv(name));
    if (!work.content_.broken.empty()) {
        refuse_file(folders, name, work.content_.broken);
        return std::nullopt;
    }
    work.remember();
    std::vector<std::pair<std::size_t, Result>> broken;
    for (const auto& line : work.content_.lines)
        if (!line.broken.empty() && !work.results_.contains(line.number))
            broken.emplace_back(line.number, refused_here(line, line.broken));
    if (!broken.empty() && !work.settle(broken)) return std::nullopt;
    return work;
}

std::string Work::results_path() const {
    return folders_.work + "/" + name_ + ".hasil.jsonl";
}

// Results that were written before. A line that a crash cut off does not count.
void Work::remember() {
    std::set<std::size_t> numbers;
    for (const auto& line : content_.lines) numbers.insert(line.number);
    const auto text = read_below(folders_.work, name_ + ".hasil.jsonl", kMostResults);
    if (!text) return;
    for (std::size_t at = 0; at < text->size();) {
        const auto end = text->find('\n', at);
        if (end == std::string::npos) break;
        json::error_code ec;
        auto value = json::parse(std::string_view(*text).substr(at, end - at), ec);
        at = end + 1;
        if (ec || !value.is_object()) continue;
        auto& document = value.get_object();
        const auto* line = document.if_contains("line");
        if (line == nullptr || !line->is_int64() || status_of(document).empty()) continue;
        const auto number = static_cast<std::size_t>(line->get_int64());
        if (numbers.contains(number)) results_[number] = {status_of(document), std::move(document)};
    }
    write_whole(results_path(), lines_of(results_));
}

std::vector<const Line*> Work::waiting(std::size_t most) const {
    std::vector<const Line*> lines;
    std::set<std::string> ids;
    for (const auto& line : content_.lines) {
        if (lines.size() == most) break;
        if (!results_.contains(line.number) && ids.insert(line.external_id()).second)
            lines.push_back(&line);
    }
    return lines;
}

bool Work::settle(const std::vector<std::pair<std::size_t, Result>>& results) {
    std::string text;
    for (const auto& [line, result] : results) text += json::serialize(result.document) + "\n";
    if (!append(results_path(), text)) return false;
    for (const auto& [line, result] : results) results_[line] = result;
    return true;
}

bool Work::is_in(std::size_t line) const {
    const auto& status = results_.at(line).status;
    return status == "accepted" || status == "repeated";
}

// The lines that are not in, as they stood, to be mended and put into `masuk` again.
bool Work::write_failed() const {
    std::string text;
    for (const auto& line : content_.lines)
        if (!is_in(line.number)) text += line.raw + "\n";
    if (text.empty()) return true;
    if (!content_.header.empty()) text = content_.header + "\n" + text;
    return write_whole(folders_.failed + "/" + name_, text);
}

void Work::move_attachments() const {
    std::set<std::string> needed;
    for (const auto& line : content_.lines)
        if (!is_in(line.number))
            for (auto& path : attachment_paths(line.report)) needed.insert(path);
    for (const auto& line : content_.lines) {
        if (!is_in(line.number)) continue;
        for (const auto& path : attachment_paths(line.report)) {
            if (needed.contains(path)) continue;
            const fs::path to = fs::path(folders_.done) / (name_ + ".lampiran") / path;
            std::error_code ec;
            if (!fs::is_regular_file(fs::path(folders_.incoming) / path, ec)) continue;
            fs::create_directories(to.parent_path(), ec);
            move(folders_.incoming + "/" + path, to.string());
        }
    }
}

bool Work::finish() const {
    if (!write_whole(folders_.done + "/" + name_ + ".hasil.jsonl", lines_of(results_)))
        return false;
    if (!write_failed()) return false;
    move_attachments();
    if (!move(folders_.work + "/" + name_, folders_.done + "/" + name_)) return false;
    std::error_code ec;
    fs::remove(results_path(), ec);
    return true;
}

std::string Work::summary() const {
    std::map<std::string, std::size_t> counts;
    for (const auto& [line, result] : results_) ++counts[result.status];
    constexpr std::pair<const char*, const char*> kWords[] = {{"accepted", "diterima"},
                                                              {"repeated", "sudah ada"},
                                                              {"conflict", "bertentangan"},
                                                              {"rejected", "ditolak"}};
    std::string words;
    for (const auto& [status, word] : kWords)
        if (counts[status] > 0)
            words += (words.empty() ? "" : ", ") + std::to_string(counts[status]) + " " + word;
    return words;
}

}  // namespace berkas
