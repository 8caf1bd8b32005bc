#include "tests/support/cluster.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
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

void administer(const Cluster& cluster, const std::string& sql) {
    const auto address =
        postgres::parse_address(cluster.address("postgres", "postgres"), postgres::Role::writer);
    auto connection = postgres::Connection::open(*address);
    ASSERT_TRUE(connection) << connection.error().args[1];
    (*connection)->script(sql);
    if ((*connection)->failed())
        ADD_FAILURE() << sql << ": " << (*connection)->take_error().args[1];
}

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
    return Cluster({"fsync=off", "full_page_writes=off"});
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

FreshDatabase::FreshDatabase(Cluster& cluster) : cluster_(cluster) {
    static int made = 0;
    name_ = "uji_" + std::to_string(getpid()) + "_" + std::to_string(++made);
    administer(cluster_, "CREATE DATABASE " + name_ + " OWNER pintu TEMPLATE template0");
}

FreshDatabase::~FreshDatabase() {
    administer(cluster_, "DROP DATABASE " + name_ + " WITH (FORCE)");
}

}  // namespace pintu::testing
