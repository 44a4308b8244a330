#pragma once

#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

// Parts of documents follow from descriptions in the code. A test compares them with the committed file; run with
// ASSAY_UPDATE_DOCUMENTS=1 it writes them anew.
namespace assay::test {

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The committed file holds this text.
inline void expect_generated(const std::string& path, const std::string& expected) {
  if (std::getenv("ASSAY_UPDATE_DOCUMENTS") != nullptr) std::ofstream(path, std::ios::binary) << expected;
  EXPECT_EQ(content_of(path), expected) << path << ": run this test with ASSAY_UPDATE_DOCUMENTS=1";
}

/// Tables by the names that the document has for them. Each stands between the lines "<!-- keys of NAME -->" and
/// "<!-- end of keys -->".
using DocumentTables = std::vector<std::pair<std::string, std::function<std::string()>>>;

/// The document with its tables as they follow from the descriptions.
inline std::string with_tables(std::string text, const DocumentTables& tables) {
  const std::string end_line = "<!-- end of keys -->\n";
  for (const auto& [name, make] : tables) {
    const std::string begin = fmt::format("<!-- keys of {} -->\n", name);
    const std::size_t start = text.find(begin);
    const std::size_t end = start == std::string::npos ? start : text.find(end_line, start);
    EXPECT_NE(end, std::string::npos) << "no table of the keys of " << name;
    if (end == std::string::npos) continue;
    text.replace(start + begin.size(), end - start - begin.size(), "\n" + make() + "\n");
  }
  return text;
}

inline void expect_tables(const std::string& path, const DocumentTables& tables) {
  expect_generated(path, with_tables(content_of(path), tables));
}

}  // namespace assay::test
