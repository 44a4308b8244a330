#pragma once

#include <memory>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "experiments/report/html/html_text.hpp"

namespace assay::report {

/// The data of all pictures of a page, under the names by which its figures ask for them.
class PictureData {
 public:
  PictureData();
  ~PictureData();
  PictureData(PictureData&&) noexcept;
  PictureData& operator=(PictureData&&) noexcept;

  /// Keeps a picture's data and returns its name.
  [[nodiscard]] std::string add(nlohmann::json picture);
  /// The JSON of all of them, fit for a script element.
  [[nodiscard]] std::string script_text() const;
  [[nodiscard]] bool empty() const;

 private:
  struct Pictures;
  std::unique_ptr<Pictures> pictures_;
};

/// What stands around a picture.
struct FigureText {
  std::string caption;  ///< plain text
  std::string says;     ///< what the picture shows, in a sentence, for readers who do not see it; plain text
  HtmlTable table;      ///< the same figures
};

/// A figure that the page's script draws, with the table behind it.
[[nodiscard]] std::string figure_html(const std::string& picture, const FigureText& text);

}  // namespace assay::report
