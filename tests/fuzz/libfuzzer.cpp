// The same readers for libFuzzer, which finds its way by the branches that an input takes:
//   ASSAY_FUZZ_READER=spans build/fuzz/bin/fuzz_readers -max_total_time=600 FOLDER

#include <cstdint>
#include <cstdlib>

#include "tests/fuzz/readers.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const assay::fuzz::Reader* const reader = [] {
    const char* const name = std::getenv("ASSAY_FUZZ_READER");
    return name == nullptr ? nullptr : assay::fuzz::find_reader(name);
  }();
  if (reader == nullptr) std::abort();  // ASSAY_FUZZ_READER names no reader
  assay::fuzz::read_in_time(*reader, {reinterpret_cast<const char*>(data), size});
  return 0;
}
