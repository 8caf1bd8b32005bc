// A Dovecot and an SMTP server (servers.py), for as long as this lives.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/support/files.hpp"

namespace pintu::testing {

class MailServers {
  public:
    // Throws where they are installed and do not start. `capability`: what Dovecot says that it
    // can; "": what it can.
    explicit MailServers(const std::string& capability = "");
    ~MailServers();
    bool missing() const { return missing_; }  // not installed here
    const std::string& folder() const { return folder_.path(); }
    int imap() const { return ports_[0]; }
    int imaps() const { return ports_[1]; }
    int smtp() const { return ports_[2]; }   // STARTTLS
    int smtps() const { return ports_[3]; }  // TLS

    // Lays a letter into the office's inbox.
    void deliver(const std::string& letter);
    // The letters of a user's folder ("" is the inbox), sorted by name.
    std::vector<std::string> letters(const std::string& user, const std::string& folder) const;
    // Whether each letter of a folder of the office is marked as read.
    bool all_seen(const std::string& folder) const;

  private:
    std::string maildir(const std::string& user, const std::string& folder) const;
    TemporaryFolder folder_;
    bool missing_ = false;
    int pid_ = -1;
    int input_ = -1;
    int delivered_ = 0;
    std::vector<int> ports_ = std::vector<int>(4);
};

}  // namespace pintu::testing
