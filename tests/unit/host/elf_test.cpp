#include "core/host/binary/elf.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "core/host/binary/shared_libraries.hpp"
#include "core/host/files/files.hpp"
#include "tests/support/scratch_folder.hpp"

namespace assay::host {
namespace elf_tests {

bool names(const std::vector<SharedLibrary>& libraries, const std::string& name) {
  return std::any_of(libraries.begin(), libraries.end(), [&](const SharedLibrary& one) { return one.name == name; });
}

TEST(Elf, TellsWhichLibrariesAProgramAsksFor) {
  const auto elf = read_elf(ASSAY_ACT);
  ASSERT_TRUE(elf);
  EXPECT_NE(std::find(elf->needed.begin(), elf->needed.end(), "libc.so.6"), elf->needed.end());
  EXPECT_FALSE(elf->interpreter.empty());
}

TEST(Elf, HasNothingToSayOfAnotherFile) {
  const test::ScratchFolder folder;
  std::ofstream(folder / "script") << "#!/bin/sh\n";
  EXPECT_FALSE(read_elf(folder / "script"));
}

TEST(Elf, IsNotLedAstrayByACutOrDamagedFile) {
  const test::ScratchFolder folder;
  const std::string whole = read_file(ASSAY_ACT);
  for (std::size_t length = 1; length < whole.size(); length = length * 3 / 2 + 1) {
    std::ofstream(folder / "cut", std::ios::binary) << whole.substr(0, length);
    (void)read_elf(folder / "cut");
    (void)product_digest(folder / "cut", "/tmp");
  }
  for (std::size_t place = 0; place < 2000; ++place) {
    std::string damaged = whole;
    damaged[place] = '\xff';
    std::ofstream(folder / "damaged", std::ios::binary) << damaged;
    (void)read_elf(folder / "damaged");
    (void)product_digest(folder / "damaged", "/tmp");
  }
}

TEST(ProductDigest, LeavesTheFolderOut) {
  const test::ScratchFolder folder;
  std::ofstream(folder / "one") << "built in /tmp/s-abcdef with love";
  std::ofstream(folder / "two") << "built in /tmp/s-ghijkl with love";
  std::ofstream(folder / "three") << "built in /tmp/s-ghijkl with care";
  EXPECT_EQ(product_digest(folder / "one", "/tmp/s-abcdef"), product_digest(folder / "two", "/tmp/s-ghijkl"));
  EXPECT_NE(product_digest(folder / "two", "/tmp/s-ghijkl"), product_digest(folder / "three", "/tmp/s-ghijkl"));
}

TEST(SharedLibraries, AreFoundWithTheirPaths) {
  const auto libraries = LibrarySearch().of(ASSAY_ACT, {}, "/");
  ASSERT_TRUE(names(libraries, "libc.so.6"));
  for (const SharedLibrary& library : libraries) EXPECT_TRUE(library.path.starts_with('/')) << library.name;
}

TEST(SharedLibraries, AreNoneOfAStaticProgram) {
  EXPECT_TRUE(LibrarySearch().of(ASSAY_NOOP, {}, "/").empty());
}

TEST(SharedLibraries, FollowTheEnvironment) {
  const test::ScratchFolder folder;
  std::string libc;
  for (const SharedLibrary& library : LibrarySearch().of(ASSAY_ACT, {}, "/")) {
    if (library.name == "libc.so.6") libc = library.path;
  }
  std::ofstream(folder / "libc.so.6", std::ios::binary) << read_file(libc);
  const auto libraries = LibrarySearch().of(ASSAY_ACT, {{"LD_LIBRARY_PATH", folder.path()}}, "/");
  EXPECT_NE(std::find(libraries.begin(), libraries.end(), SharedLibrary{"libc.so.6", folder / "libc.so.6"}),
            libraries.end());
  EXPECT_TRUE(names(LibrarySearch().of(ASSAY_ACT, {{"LD_PRELOAD", "libm.so.6"}}, "/"), "libm.so.6"));
}

TEST(LibraryCache, OfAnotherFormatIsEmpty) {
  EXPECT_TRUE(parse_library_cache("").empty());
  EXPECT_TRUE(parse_library_cache("glibc-ld.so.cache1.1").empty());
  EXPECT_TRUE(parse_library_cache("glibc-ld.so.cache1.1" + std::string(40, '\xff')).empty());
}

}  // namespace elf_tests
}  // namespace assay::host
