// A stranger's workload, in C++17: records a phase if a trial asks for it.
#include <assay/span.hpp>

namespace {

double work() {
  const assay::Span span("work");
  double sum = 0;
  for (int number = 1; number <= 1000; ++number) sum += 1.0 / number;
  return sum;
}

}  // namespace

int main() {
  return work() > 7 ? 0 : 1;
}
