#include "smsd.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <thread>

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSchema = "/usr/share/doc/gammu-smsd/examples/sqlite.sql";

std::set<std::string> names_in(const std::string& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.insert(entry.path().string());
    return names;
}

}  // namespace

Smsd::Smsd() {
    if (std::system("command -v gammu-smsd gammu >/dev/null") != 0 || !fs::exists(kSchema)) return;
    for (const char* sub : {"1", "2", "3", "4", "5"})
        fs::create_directories(folder_.at("phone/sms/") + sub);
    for (const char* sub : {"pbk", "note", "todo", "calendar", "alarm"})
        fs::create_directories(folder_.at("phone/") + sub + "/ME");
    write_file(folder_.at("smsdrc"),
               "[gammu]\nmodel = dummy\nconnection = none\nport = " + folder() +
                   "/phone\n[smsd]\nservice = SQL\ndriver = sqlite3\ndatabase = smsd.db\ndbdir = " +
                   folder() + "/\nlogfile = " + folder() +
                   "/smsd.log\nrunonreceive = " + PINTU_PLUGINS + "/sms/terima-sms " + folder() +
                   "\ncommtimeout = 1\nreceivefrequency = 1\nloopsleep = 1\nstatusfrequency = 0\n"
                   "multiparttimeout = 1\nchecksecurity = 0\nchecknetwork = 0\n");
    run(read_file(kSchema));
    missing_ = false;
}

Smsd::~Smsd() {
    stop();
}

std::vector<std::string> Smsd::receive(const std::string& sender, const std::string& text) {
    const auto before = names_in(folder_.at("phone/sms/1"));
    write_file(folder_.at("text"), text);
    const std::string command = "gammu -c " + folder() + "/smsdrc savesms TEXT -folder 1 -unread " +
                                "-sender " + sender + " -len 2000 -autolen 2000 < " + folder() +
                                "/text > " + folder() + "/gammu.log 2>&1";
    if (std::system(command.c_str()) != 0) return {};
    std::vector<std::string> made;
    for (const auto& name : names_in(folder_.at("phone/sms/1")))
        if (!before.contains(name)) made.push_back(name);
    for (const auto& file : made) {  // gammu saves what is to be sent; this came
        std::string saved = read_file(file);
        const std::string submit = "PDU = Submit";
        saved.replace(saved.find(submit), submit.size(), "PDU = Deliver");
        write_file(file, saved);
    }
    return made;
}

void Smsd::start() {
    pid_ = fork();
    if (pid_ != 0) return;
    const int out = open("/dev/null", O_WRONLY);
    dup2(out, 1);
    dup2(out, 2);
    execlp("gammu-smsd", "gammu-smsd", "-c", folder_.at("smsdrc").c_str(), nullptr);
    _exit(127);
}

void Smsd::stop() {
    if (pid_ <= 0) return;
    kill(pid_, SIGTERM);
    waitpid(pid_, nullptr, 0);
    pid_ = -1;
}

bool Smsd::until(const std::function<bool()>& done) const {
    for (int i = 0; i < 200; ++i) {
        if (done()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    return false;
}

std::vector<std::string> Smsd::rows(const std::string& sql) const {
    sqlite3* handle = nullptr;
    sqlite3_open(folder_.at("smsd.db").c_str(), &handle);
    sqlite3_busy_timeout(handle, 5000);
    std::vector<std::string> rows;
    const auto take = [](void* to, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(to)->emplace_back(values[0] ? values[0] : "");
        return 0;
    };
    char* wrong = nullptr;
    if (sqlite3_exec(handle, sql.c_str(), take, &rows, &wrong) != SQLITE_OK)
        rows.push_back(std::string("error: ") + wrong);
    sqlite3_free(wrong);
    sqlite3_close(handle);
    return rows;
}

void Smsd::run(const std::string& sql) const {
    (void)rows(sql);
}

}  // namespace pintu::testing
