#include "experiments/report/html/picture.hpp"

#include <memory>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/text/utf8.hpp"

namespace assay::report {
namespace {

/// Names of users are drawn into the picture, where they must not turn the text around them.
void make_printable(nlohmann::json& picture) {
  if (picture.is_string()) picture = printable(picture.get_ref<const std::string&>());
  if (!picture.is_structured()) return;
  for (nlohmann::json& value : picture) make_printable(value);
}

}  // namespace

struct PictureData::Pictures {
  nlohmann::json by_name = nlohmann::json::object();
};

PictureData::PictureData() : pictures_(std::make_unique<Pictures>()) {}
PictureData::~PictureData() = default;
PictureData::PictureData(PictureData&&) noexcept = default;
PictureData& PictureData::operator=(PictureData&&) noexcept = default;

std::string PictureData::add(nlohmann::json picture) {
  const std::string name = fmt::format("p{}", pictures_->by_name.size() + 1);
  make_printable(picture);
  pictures_->by_name[name] = std::move(picture);
  return name;
}

std::string PictureData::script_text() const {
  constexpr bool kOnlyAscii = true;
  return html_json(pictures_->by_name.dump(-1, ' ', kOnlyAscii));
}

bool PictureData::empty() const {
  return pictures_->by_name.empty();
}

std::string figure_html(const std::string& picture, const FigureText& text) {
  return fmt::format(
      "<figure data-picture=\"{}\" tabindex=\"0\">\n<figcaption>{}</figcaption>\n"
      "<div class=\"canvas\" role=\"img\" aria-label=\"{}\"></div>\n"
      "<details><summary>The figures as a table</summary>\n{}</details>\n</figure>\n",
      picture, html_text(text.caption), html_text(text.says), html_table(text.table));
}

}  // namespace assay::report
