#include <iostream>

#include "parts.hpp"

int main() {
  std::cout << words_of("one two three four", "[a-z]+") << ' ' << sum_up_to(1000) << '\n';
}
