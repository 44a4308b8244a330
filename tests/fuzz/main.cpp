// Feeds one reader with mutated seeds for some seconds: fuzz_readers READER SECONDS FILE|FOLDER...
// If the reader ends the program or hangs, the input is left in fuzz-READER.input, and the next line says so. This
// needs no special compiler; the preset `fuzz` builds the same readers for libFuzzer (libfuzzer.cpp).

#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "core/seed.hpp"
#include "tests/fuzz/mutations.hpp"
#include "tests/fuzz/readers.hpp"

namespace assay::fuzz {
namespace {

namespace fs = std::filesystem;

/// What is read now, for the handler of the signal that ends the program.
std::string_view current_input;
std::string current_file;

void leave_input(int signal) {
  const int file = ::open(current_file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  (void)!::write(file, current_input.data(), current_input.size());
  ::close(file);
  constexpr std::string_view kText = "the reader crashed or took too long; what it read is in the file fuzz-*.input\n";
  (void)!::write(STDERR_FILENO, kText.data(), kText.size());
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> seeds_in(const std::vector<std::string>& places) {
  std::vector<std::string> seeds;
  for (const std::string& place : places) {
    if (fs::is_regular_file(place)) seeds.push_back(text_of(place));
    if (!fs::is_directory(place)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(place)) {
      if (entry.is_regular_file()) seeds.push_back(text_of(entry.path()));
    }
  }
  return seeds;
}

int run(const Reader& reader, std::chrono::seconds time, const std::vector<std::string>& seeds) {
  current_file = fmt::format("fuzz-{}.input", reader.name);
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGALRM}) std::signal(signal, leave_input);
  for (const std::string& seed : seeds) read_in_time(reader, current_input = seed);
  Generator generator = Seed(20261129).stream(Stream::simulation);
  const auto end = std::chrono::steady_clock::now() + time;
  long inputs = 0;
  while (std::chrono::steady_clock::now() < end) {
    const std::string text = mutated(seeds, generator);
    read_in_time(reader, current_input = text);
    ++inputs;
  }
  fmt::print("{}: {} inputs from {} seeds, no crash\n", reader.name, inputs, seeds.size());
  return 0;
}

}  // namespace
}  // namespace assay::fuzz

int main(int count, char** words) {
  using namespace assay::fuzz;
  const Reader* const reader = count > 3 ? find_reader(words[1]) : nullptr;
  if (reader == nullptr) {
    fmt::print(stderr, "usage: fuzz_readers READER SECONDS FILE|FOLDER...; the readers are");
    for (const Reader& known : readers()) fmt::print(stderr, " {}", known.name);
    fmt::print(stderr, "\n");
    return 1;
  }
  const std::vector<std::string> seeds = seeds_in({words + 3, words + count});
  if (seeds.empty()) {
    fmt::print(stderr, "fuzz_readers: no seed in what was named\n");
    return 1;
  }
  return run(*reader, std::chrono::seconds(std::atoi(words[2])), seeds);
}
