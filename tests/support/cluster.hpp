// A real PostgreSQL for tests, with a pgbouncer 1.18 in transaction mode in front (cluster.sh). One
// run of ctest shares one (its fixture starts it); a test program that is started by hand starts
// its own, and ends it.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace pintu::postgres {
class Connection;
}

namespace pintu::testing {

class Cluster {
  public:
    // Where data may be lost: fsync is off.
    static Cluster& shared();

    // One of the test's own, to be killed and started again. Settings as in postgresql.conf:
    // "fsync=on".
    explicit Cluster(const std::vector<std::string>& settings);
    ~Cluster();
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    const std::string& folder() const { return folder_; }
    // Users: pintu (may make databases), tersandi (password "benar"), tanpa_hak, postgres.
    std::string address(const std::string& database, const std::string& user = "pintu") const;
    // Through pgbouncer, as pintu.
    std::string pooled(const std::string& database) const;

    void kill();  // as kill -9 of all its processes
    void up();
    // The server's processes stand still, and go on.
    void freeze();
    void thaw();

  private:
    Cluster() = default;
    static Cluster found_or_made();
    Cluster(Cluster&& other) noexcept;

    std::string folder_;
    bool ours_ = false;
};

// An empty database, nobody else's as long as the object lives. Whoever connects to it is gone by
// then.
class FreshDatabase {
  public:
    FreshDatabase() : FreshDatabase(Cluster::shared()) {}
    explicit FreshDatabase(Cluster& cluster);
    ~FreshDatabase();
    FreshDatabase(const FreshDatabase&) = delete;
    FreshDatabase& operator=(const FreshDatabase&) = delete;

    const std::string& name() const { return name_; }
    std::string address() const { return cluster_.address(name_); }
    std::string address_as(const std::string& user) const { return cluster_.address(name_, user); }
    std::string pooled() const { return cluster_.pooled(name_); }

  private:
    Cluster& cluster_;
    std::unique_ptr<postgres::Connection> keeper_;
    std::string name_;
};

}  // namespace pintu::testing
