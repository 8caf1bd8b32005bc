#include "adapters/files/blob_files.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace pintu::files {
namespace {

namespace fs = std::filesystem;
using ports::BlobForm;

class Blobs : public ::testing::Test {
  protected:
    void SetUp() override {
        char pattern[] = "/tmp/pintu-blobs-XXXXXX";
        ASSERT_NE(mkdtemp(pattern), nullptr);
        folder_ = pattern;
        blobs_.emplace(folder_ + "/blobs");
    }
    void TearDown() override { fs::remove_all(folder_); }
    Digest put(const std::string& bytes) {
        const Digest digest = sha256(bytes);
        EXPECT_TRUE(blobs_->put(bytes, BlobForm::original, digest));
        return digest;
    }
    std::size_t files() const {
        std::size_t count = 0;
        for (const auto& entry : fs::recursive_directory_iterator(folder_))
            count += entry.is_regular_file() ? 1 : 0;
        return count;
    }
    std::string folder_;
    std::optional<BlobFiles> blobs_;
};

TEST_F(Blobs, come_back_in_each_form_and_are_their_owners_alone) {
    const Digest digest = put("bukti");
    ASSERT_TRUE(blobs_->put("salinan", BlobForm::shown, digest));
    ASSERT_TRUE(blobs_->put("{}", BlobForm::about, digest));
    EXPECT_EQ(*blobs_->get(digest, BlobForm::original), "bukti");
    EXPECT_EQ(*blobs_->get(digest, BlobForm::shown), "salinan");
    EXPECT_EQ(*blobs_->get(digest, BlobForm::about), "{}");
    for (const auto& entry : fs::recursive_directory_iterator(folder_ + "/blobs")) {
        struct stat known {};
        ASSERT_EQ(stat(entry.path().c_str(), &known), 0);
        EXPECT_EQ(known.st_mode & 0077U, 0U) << entry.path();
    }
}

TEST_F(Blobs, that_are_not_there_or_were_changed_are_told_apart) {
    const Digest digest = put("bukti");
    EXPECT_EQ(blobs_->get(sha256("lain"), BlobForm::original).error().code, "BL001");
    EXPECT_EQ(blobs_->get(digest, BlobForm::shown).error().code, "BL001");
    const std::string name = to_hex(bytes_of(digest));
    std::ofstream(folder_ + "/blobs/" + name.substr(0, 2) + "/" + name) << "lain";
    EXPECT_EQ(blobs_->get(digest, BlobForm::original).error().code, "BL002");
    put("bukti");  // the same again mends it
    EXPECT_EQ(*blobs_->get(digest, BlobForm::original), "bukti");
}

TEST_F(Blobs, go_with_the_last_case_that_has_them) {
    const Digest digest = put("bukti");
    ASSERT_TRUE(blobs_->put("{}", BlobForm::about, digest));
    const CaseId first("64.09-a");
    const CaseId second("64.09-b");
    ASSERT_TRUE(blobs_->claim(digest, first));
    ASSERT_TRUE(blobs_->claim(digest, first));
    ASSERT_TRUE(blobs_->claim(digest, second));
    std::vector<std::string> claims;
    blobs_->each_claim([&](const Digest& of, const CaseId& by) {
        EXPECT_EQ(of, digest);
        claims.push_back(by.value);
        return true;
    });
    std::sort(claims.begin(), claims.end());
    EXPECT_EQ(claims, (std::vector<std::string>{"64.09-a", "64.09-b"}));
    ASSERT_TRUE(blobs_->release(digest, first));
    ASSERT_TRUE(blobs_->release(digest, first));
    EXPECT_TRUE(blobs_->get(digest, BlobForm::original));
    ASSERT_TRUE(blobs_->release(digest, second));
    EXPECT_EQ(files(), 0U);
    EXPECT_TRUE(blobs_->release(digest, second));
    // Whoever claims what has gone meanwhile puts it again.
    EXPECT_EQ(blobs_->claim(digest, first).error().code, "BL001");
}

TEST_F(Blobs, that_cannot_be_written_say_so) {
    std::ofstream(folder_ + "/file") << "x";
    BlobFiles blobs(folder_ + "/file");
    const auto put = blobs.put("bukti", BlobForm::original, sha256("bukti"));
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().code, "BL003");
}

}  // namespace
}  // namespace pintu::files
