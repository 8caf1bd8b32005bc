#include "adapters/files/blob_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "tests/support/files.hpp"

namespace pintu::files {
namespace {

namespace fs = std::filesystem;
using ports::BlobForm;

class Blobs : public ::testing::Test {
  protected:
    Digest put(const std::string& bytes) {
        const Digest digest = sha256(bytes);
        EXPECT_TRUE(blobs_.put(bytes, BlobForm::original, digest));
        return digest;
    }
    std::string path_of(const Digest& digest) const {
        const std::string name = to_hex(bytes_of(digest));
        return folder_.at("blobs/" + name.substr(0, 2) + "/" + name);
    }
    void make_old() const {
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
            if (entry.is_regular_file())
                fs::last_write_time(entry.path(), entry.last_write_time() - std::chrono::hours(25));
    }
    std::size_t files() const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_.path()))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }
    testing::TemporaryFolder folder_;
    BlobFiles blobs_{folder_.at("blobs")};
};

TEST_F(Blobs, come_back_in_each_form_and_are_their_owners_alone) {
    const Digest digest = put("bukti");
    ASSERT_TRUE(blobs_.put("salinan", BlobForm::shown, digest));
    ASSERT_TRUE(blobs_.put("{}", BlobForm::about, digest));
    EXPECT_EQ(*blobs_.get(digest, BlobForm::original), "bukti");
    EXPECT_EQ(*blobs_.get(digest, BlobForm::shown), "salinan");
    EXPECT_EQ(*blobs_.get(digest, BlobForm::about), "{}");
    for (const auto& entry : fs::recursive_directory_iterator(folder_.at("blobs"))) {
        struct stat known {};
        ASSERT_EQ(stat(entry.path().c_str(), &known), 0);
        EXPECT_EQ(known.st_mode & 0077U, 0U) << entry.path();
    }
}

TEST_F(Blobs, that_are_not_there_or_were_changed_are_told_apart) {
    const Digest digest = put("bukti");
    EXPECT_EQ(blobs_.get(sha256("lain"), BlobForm::original).error().code, "BL001");
    EXPECT_EQ(blobs_.get(digest, BlobForm::shown).error().code, "BL001");
    const std::string name = to_hex(bytes_of(digest));
    std::ofstream(folder_.at("blobs/") + name.substr(0, 2) + "/" + name) << "lain";
    EXPECT_EQ(blobs_.get(digest, BlobForm::original).error().code, "BL002");
    put("bukti");  // the same again mends it
    EXPECT_EQ(*blobs_.get(digest, BlobForm::original), "bukti");
}

TEST_F(Blobs, go_with_the_last_case_that_has_them) {
    const Digest digest = put("bukti");
    ASSERT_TRUE(blobs_.put("{}", BlobForm::about, digest));
    const CaseId first("64.09-a");
    const CaseId second("64.09-b");
    ASSERT_TRUE(blobs_.claim(digest, first));
    ASSERT_TRUE(blobs_.claim(digest, first));
    ASSERT_TRUE(blobs_.claim(digest, second));
    std::vector<std::string> claims;
    blobs_.each_claim([&](const Digest& of, const CaseId& by) {
        EXPECT_EQ(of, digest);
        claims.push_back(by.value);
        return true;
    });
    std::sort(claims.begin(), claims.end());
    EXPECT_EQ(claims, (std::vector<std::string>{"64.09-a", "64.09-b"}));
    ASSERT_TRUE(blobs_.release(digest, first));
    ASSERT_TRUE(blobs_.release(digest, first));
    EXPECT_TRUE(blobs_.get(digest, BlobForm::original));
    ASSERT_TRUE(blobs_.release(digest, second));
    EXPECT_EQ(files(), 0U);
    EXPECT_TRUE(blobs_.release(digest, second));
    // Whoever claims what has gone meanwhile puts it again.
    EXPECT_EQ(blobs_.claim(digest, first).error().code, "BL001");
}

TEST_F(Blobs, whose_release_was_stopped_are_found_and_released_again) {
    const Digest digest = put("bukti");
    const CaseId by("64.09-a");
    ASSERT_TRUE(blobs_.put("salinan", BlobForm::shown, digest));
    ASSERT_TRUE(blobs_.claim(digest, by));
    fs::remove(path_of(digest));  // as far as it came
    std::size_t found = 0;
    blobs_.each_claim([&](const Digest& of, const CaseId& claiming) {
        found += of == digest && claiming == by ? 1 : 0;
        return true;
    });
    EXPECT_EQ(found, 1U);
    ASSERT_TRUE(blobs_.release(digest, by));
    EXPECT_EQ(files(), 0U);
    EXPECT_FALSE(fs::exists(path_of(digest) + ".of"));
}

TEST_F(Blobs, that_no_case_has_go_once_they_are_old) {
    const Digest forsaken = put("ditolak");
    const Digest had = put("bukti");
    ASSERT_TRUE(blobs_.put("{}", BlobForm::about, forsaken));
    ASSERT_TRUE(blobs_.claim(had, CaseId("64.09-a")));
    std::ofstream(path_of(forsaken) + ".abc123") << "dit";  // a write that was stopped
    fs::create_directory(path_of(forsaken) + ".of");        // a release that was
    const std::chrono::hours day(24);
    EXPECT_TRUE(blobs_.unclaimed(day).empty());
    ASSERT_TRUE(blobs_.destroy_unclaimed(forsaken, day));
    EXPECT_TRUE(fs::exists(path_of(forsaken)));
    make_old();
    EXPECT_EQ(blobs_.unclaimed(day), std::vector<Digest>{forsaken});
    put("ditolak");  // somebody has it in hand again
    EXPECT_TRUE(blobs_.unclaimed(day).empty());
    make_old();
    ASSERT_TRUE(blobs_.destroy_unclaimed(forsaken, day));
    ASSERT_TRUE(blobs_.destroy_unclaimed(had, day));
    EXPECT_TRUE(blobs_.get(had, BlobForm::original));
    EXPECT_EQ(files(), 2U) << "the other one and its claim";
}

TEST_F(Blobs, are_never_claimed_and_gone) {
    const Digest digest = put("bukti");
    std::atomic<int> lost = 0;
    const auto turn = [&](const std::string& name) {
        for (int i = 0; i < 200; ++i) {
            const CaseId by(name);
            put("bukti");
            if (!blobs_.claim(digest, by)) continue;  // another's release came in between
            if (!blobs_.get(digest, BlobForm::original)) ++lost;
            if (!blobs_.release(digest, by)) ++lost;
        }
    };
    std::thread first(turn, "64.09-a");
    std::thread second(turn, "64.09-b");
    first.join();
    second.join();
    EXPECT_EQ(lost, 0);
}

TEST_F(Blobs, that_cannot_be_written_say_so) {
    std::ofstream(folder_.at("file")) << "x";
    BlobFiles blobs(folder_.at("file"));
    const auto put = blobs.put("bukti", BlobForm::original, sha256("bukti"));
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().code, "BL003");
}

}  // namespace
}  // namespace pintu::files
