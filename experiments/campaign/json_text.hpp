#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

namespace assay::campaign {

/// The text of a JSON object that is changed in place: whatever is not changed stays as it was written, byte for byte,
/// numbers of many digits and those beyond any range too.
class JsonObjectText {
 public:
  /// \throws Error if the text is no JSON object.
  explicit JsonObjectText(std::string text);

  /// Appends to a list, which is made if it is missing. \throws Error if something else stands there.
  void append(const std::string& list, const nlohmann::ordered_json& element);
  /// Adds to a number of an object; both are made if they are missing. \throws Error if something else stands there.
  void add(const std::string& object, const std::string& name, double amount);

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void put_last(std::size_t begin, std::size_t end, const std::string& member);

  std::string text_;
};

}  // namespace assay::campaign
