#include "tests/support/cluster.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <utility>

#include "adapters/store/postgres/connection.hpp"

namespace pintu::testing {
namespace {

namespace fs = std::filesystem;

void script(const std::string& arguments) {
    const std::string command = "PINTU_CLUSTER_OWNER=" + std::to_string(getpid()) + " " +
                                PINTU_SOURCE_DIR "/tests/support/cluster.sh " + arguments;
    if (std::system(command.c_str()) != 0) ADD_FAILURE() << command;
}

// What ctest's fixture left for this run.
std::string shared_folder() {
    std::ifstream file(PINTU_CLUSTER_FILE);
    std::string folder;
    std::getline(file, folder);
    return !folder.empty() && fs::exists(folder) ? folder : std::string();
}

using Session = std::unique_ptr<postgres::Connection>;

Session session(const Cluster& cluster, const std::string& database) {
    const auto address =
        postgres::parse_address(cluster.address(database, "postgres"), postgres::Role::reader);
    auto connection = postgres::Connection::open(*address);
    if (connection) return std::move(*connection);
    ADD_FAILURE() << connection.error().code << " " << connection.error().args[1];
    std::abort();
}

void run(postgres::Connection& connection, const std::string& sql) {
    connection.script(sql);
    if (connection.failed()) ADD_FAILURE() << sql << ": " << connection.take_error().args[1];
}

// Making a database takes a third of a second, emptying one a fiftieth.
constexpr const char* kEmpty = R"sql(
DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT nspname FROM pg_namespace
        WHERE nspname NOT LIKE 'pg\_%' AND nspname <> 'information_schema' LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    END LOOP;
END $$;
CREATE SCHEMA public AUTHORIZATION pg_database_owner;
GRANT USAGE ON SCHEMA public TO PUBLIC;
)sql";

}  // namespace

Cluster::Cluster(const std::vector<std::string>& settings) : ours_(true) {
    static int made = 0;
    folder_ = (fs::temp_directory_path() /
               ("pintu-pg-" + std::to_string(getpid()) + "-" + std::to_string(++made)))
                  .string();
    std::string arguments = "start " + folder_;
    for (const auto& setting : settings) arguments += " '" + setting + "'";
    script(arguments);
}

Cluster::Cluster(Cluster&& other) noexcept
    : folder_(std::move(other.folder_)), ours_(std::exchange(other.ours_, false)) {}

Cluster::~Cluster() {
    if (ours_) script("stop " + folder_);
}

Cluster Cluster::found_or_made() {
    Cluster found;
    found.folder_ = shared_folder();
    if (!found.folder_.empty()) return found;
    return Cluster({"fsync=off", "full_page_writes=off", "autovacuum=off"});
}

Cluster& Cluster::shared() {
    static Cluster cluster = found_or_made();
    return cluster;
}

std::string Cluster::address(const std::string& database, const std::string& user) const {
    return "postgresql://" + user + "@/" + database + "?host=" + folder_ + "&port=5432";
}

std::string Cluster::pooled(const std::string& database) const {
    return "postgresql://pintu@/" + database + "?host=" + folder_ + "&port=6432";
}

void Cluster::kill() {
    script("kill " + folder_);
}

void Cluster::up() {
    script("up " + folder_);
}

void Cluster::freeze() {
    script("freeze " + folder_);
}

void Cluster::thaw() {
    script("thaw " + folder_);
}

// The databases of a cluster are handed from test to test, also of other programs: a lock of the
// keeper's session says which are in use.
FreshDatabase::FreshDatabase(Cluster& cluster)
    : cluster_(cluster), keeper_(session(cluster, "postgres")) {
    for (std::int64_t number = 1; name_.empty(); ++number) {
        const auto got = keeper_->run("SELECT pg_try_advisory_lock($1)", number);
        if (got.boolean(0, 0)) name_ = "uji_" + std::to_string(number);
        if (keeper_->failed()) std::abort();
    }
    if (keeper_->run("SELECT 1 FROM pg_database WHERE datname = $1", name_).empty()) {
        run(*keeper_, "CREATE DATABASE " + name_ + " OWNER pintu TEMPLATE template0");
    } else {
        run(*keeper_, "ALTER DATABASE " + name_ + " RESET ALL");
        run(*session(cluster, name_), kEmpty);
    }
}

FreshDatabase::~FreshDatabase() = default;

}  // namespace pintu::testing
