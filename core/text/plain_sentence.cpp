#include "core/text/plain_sentence.hpp"

#include <cctype>
#include <cstddef>

namespace assay {

std::string plain_sentence(std::string_view markdown) {
  std::string sentence;
  bool is_link = false;
  for (std::size_t at = 0; at < markdown.size(); ++at) {
    const std::string_view rest = markdown.substr(at);
    const std::size_t close = rest.find(']');
    if (rest.front() == '[' && close != std::string_view::npos && rest.substr(close).starts_with("](")) {
      is_link = true;
    } else if (is_link && rest.starts_with("](")) {
      is_link = false;
      at = markdown.find(')', at);
    } else if (rest.front() != '`') {
      sentence += rest.front();
    }
  }
  if (sentence.empty()) return sentence;
  if (markdown.front() != '`') sentence.front() = static_cast<char>(std::toupper(sentence.front()));
  return sentence.back() == '.' ? sentence : sentence + ".";
}

}  // namespace assay
